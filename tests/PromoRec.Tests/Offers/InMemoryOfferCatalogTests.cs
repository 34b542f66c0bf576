using Microsoft.Extensions.Primitives;

namespace PromoRec.Tests.Offers;

public class InMemoryOfferCatalogTests
{
    private static readonly CatalogSnapshot One = new([new Offer { Id = 1, Terms = OfferTerms.FreeShipping }], []);

    [Fact]
    public void It_starts_without_offers() => Assert.Empty(new InMemoryOfferCatalog().Current.Offers);

    [Fact]
    public void Replacing_fires_the_token_after_the_snapshot_has_changed()
    {
        var catalog = new InMemoryOfferCatalog();
        IChangeToken token = catalog.GetChangeToken();
        CatalogSnapshot? seen = null;
        using IDisposable registration = token.RegisterChangeCallback(_ => seen = catalog.Current, null);

        Assert.False(token.HasChanged);
        catalog.Replace(One);

        Assert.True(token.HasChanged);
        Assert.Same(One, seen);
        Assert.False(catalog.GetChangeToken().HasChanged);
    }

    [Fact]
    public void A_snapshot_with_faults_changes_nothing()
    {
        var catalog = new InMemoryOfferCatalog(One);
        IChangeToken token = catalog.GetChangeToken();

        Assert.Throws<PromoRecException>(() => catalog.Replace(new CatalogSnapshot([One.Offers[0], One.Offers[0]], [])));

        Assert.Same(One, catalog.Current);
        Assert.False(token.HasChanged);
    }
}
