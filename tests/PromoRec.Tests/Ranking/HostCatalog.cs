using Microsoft.Extensions.Primitives;

namespace PromoRec.Tests.Ranking;

/// <summary>A catalog as a host might write it: it checks nothing.</summary>
internal sealed class HostCatalog : IOfferCatalog
{
    private Change _change = new(CatalogSnapshot.Empty, new CancellationTokenSource());

    public CatalogSnapshot Current => _change.Snapshot;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_change.Replaced.Token);

    public void Set(CatalogSnapshot snapshot)
    {
        Change before = _change;
        _change = new Change(snapshot, new CancellationTokenSource());
        before.Replaced.Cancel();
    }

    private sealed record Change(CatalogSnapshot Snapshot, CancellationTokenSource Replaced);
}
