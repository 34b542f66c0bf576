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
        _edition = new Edition(snapshot ?? CatalogSnapshot.Empty, new CancellationTokenSource());
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
            _edition = new Edition(snapshot, new CancellationTokenSource());
            replaced.Fire();
        }
    }

    /// <summary>A snapshot and the token that fires when it is replaced, so that one write changes both.</summary>
    /// <remarks>Nothing waits on the source's handle or sets it a time, so there is nothing to dispose.</remarks>
    private sealed class Edition(CatalogSnapshot snapshot, CancellationTokenSource replaced)
    {
        public CatalogSnapshot Snapshot { get; } = snapshot;

        public IChangeToken Token => new CancellationChangeToken(replaced.Token);

        public void Fire() => replaced.Cancel();
    }
}
