using Microsoft.Extensions.Primitives;

namespace PromoRec;

/// <summary>A catalog that holds what it was given last. Any number of threads may use it.</summary>
public sealed class InMemoryOfferCatalog : IOfferCatalog
{
    private readonly Lock _writing = new();
    private volatile Edition _edition;

    /// <summary>Starts with a snapshot, or with no offers.</summary>
    /// <exception cref="PromoRecException">The snapshot has faults: <see cref="PromoRecErrorCode.InvalidCatalog"/>.</exception>
    public InMemoryOfferCatalog(CatalogSnapshot? snapshot = null)
    {
        snapshot?.ThrowIfInvalid();
        _edition = new Edition(snapshot ?? CatalogSnapshot.Empty);
    }

    /// <inheritdoc/>
    public CatalogSnapshot Current => _edition.Snapshot;

    /// <inheritdoc/>
    public IChangeToken GetChangeToken() => _edition.Token;

    /// <summary>Replaces all offers and items. When it returns, every ranker over this catalog ranks the new ones.</summary>
    /// <exception cref="PromoRecException">The snapshot has faults, and nothing has changed: <see cref="PromoRecErrorCode.InvalidCatalog"/>.</exception>
    public void Replace(CatalogSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        snapshot.ThrowIfInvalid();

        // Writers take turns: a second one must not return while the first one's callbacks are still preparing its snapshot.
        lock (_writing)
        {
            Edition replaced = _edition;
            _edition = new Edition(snapshot);
            replaced.Fire();
        }
    }

    /// <summary>A snapshot and the token that fires when it is replaced, so that one write changes both.</summary>
    private sealed class Edition(CatalogSnapshot snapshot)
    {
        private readonly CancellationTokenSource _replaced = new();

        public CatalogSnapshot Snapshot { get; } = snapshot;

        public IChangeToken Token => new CancellationChangeToken(_replaced.Token);

        public void Fire() => _replaced.Cancel();
    }
}
