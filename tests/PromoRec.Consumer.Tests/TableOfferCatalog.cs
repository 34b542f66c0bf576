using Microsoft.Extensions.Primitives;

namespace PromoRec.Consumer.Tests;

/// <summary>A catalog over a shop's own offer table, written as its owner would.</summary>
internal sealed class TableOfferCatalog : IOfferCatalog, IDisposable
{
    private CancellationTokenSource _changed = new();

    public CatalogSnapshot Current { get; private set; } = new([OfferOn("old")], []);

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public void ChangeTo(params string[] offers)
    {
        CancellationTokenSource before = _changed;
        _changed = new CancellationTokenSource();
        Current = new CatalogSnapshot([.. offers.Select(OfferOn)], []);
        before.Cancel();
        before.Dispose();
    }

    public void Dispose() => _changed.Dispose();

    private static Offer OfferOn(string id) => new() { Id = id, Terms = OfferTerms.CashOff(1) };
}
