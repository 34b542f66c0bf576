using PromoRec.Candidates;

namespace PromoRec.Tests.Ranking;

/// <summary>The share of the price that an offer saves.</summary>
public sealed class DiscountDepthTests
{
    private const decimal Least = 0.0000000000000000000000000001m;

    private static readonly Item[] Items =
    [
        new() { Id = "cheap", Price = 2 }, new() { Id = "dear", Price = 8 }, new() { Id = "least", Price = Least }, new() { Id = "most", Price = decimal.MaxValue }, new() { Id = "more", Price = decimal.MaxValue },
        new() { Id = "free", Price = 0 }, new() { Id = "unpriced" },
    ];

    [Fact]
    public void A_depth_is_a_share_of_the_mean_price_of_what_an_offer_aims_at()
    {
        Assert.Equal(0.2, Of(OfferTerms.CashOff(1), "cheap", "dear"));
        Assert.Equal(0.25, Of(OfferTerms.TimeLimitedPrice(1.5m), "cheap"));
        Assert.Equal(0.3, Of(OfferTerms.PercentOff(30), "unpriced"));
        Assert.Equal(0.3, Of(OfferTerms.Member(30)));
        Assert.Equal(0.25, Of(OfferTerms.BuyAndGet(3, 1)));
        Assert.Equal(0.1, OfBasket(OfferTerms.SpendThreshold(5), 50));
        Assert.Equal(0, Of(OfferTerms.CashOff(1), "free", "unpriced"));
        Assert.Equal(0, Of(OfferTerms.FreeShipping, "cheap"));
    }

    [Fact]
    public void Any_price_and_amount_that_a_catalog_accepts_give_a_share_from_0_to_1()
    {
        Assert.Equal(1, Of(OfferTerms.CashOff(1000), "least"));
        Assert.Equal(0, Of(OfferTerms.TimeLimitedPrice(1000), "least"));
        Assert.Equal(0, Of(OfferTerms.CashOff(Least), "most", "more"), 1e-50);
        Assert.Equal(1, Of(OfferTerms.CashOff(decimal.MaxValue), "most", "more", "least"));
        Assert.Equal(1, OfBasket(OfferTerms.SpendThreshold(decimal.MaxValue), Least));
        Assert.Equal(0.5, Of(OfferTerms.BuyAndGet(int.MaxValue, int.MaxValue)));
    }

    [Fact]
    public void A_stack_is_published_and_ranks_whatever_the_prices_are()
    {
        var hybrid = new FullHybrid(numericIds: false);
        Item[] items = [.. hybrid.Catalog.Items.Select((item, at) => item with { Price = (at % 4) switch { 0 => Least, 1 => decimal.MaxValue, 2 => 0, _ => null } })];
        Offer[] offers = [.. hybrid.Catalog.Offers.Select((offer, at) => offer with { Terms = at % 2 == 0 ? OfferTerms.CashOff(decimal.MaxValue) : OfferTerms.TimeLimitedPrice(Least), MinimumSpend = at % 3 == 0 ? Least : decimal.MaxValue, Margin = decimal.MinValue, Cost = decimal.MaxValue })];
        using var shop = new TestShop(new CatalogSnapshot(offers, items), hybrid.Model);

        RankedOffers ranked = shop.Ranker.Rank(hybrid.User(7), new RankRequest { HidePurchased = false, Context = new RankContext { Basket = [items[0].Id], BasketValue = decimal.MaxValue } });

        Assert.NotEmpty(ranked);
        Assert.All(ranked, one => Assert.True(float.IsFinite(one.Score) && one.Probability is >= 0 and <= 1));
    }

    private static double Of(OfferTerms terms, params ItemId[] items) => Depth(new Offer { Id = "o", Terms = terms, Targets = items.Length == 0 ? [OfferTarget.WholeShop] : [.. items.Select(OfferTarget.Item)] });

    private static double OfBasket(OfferTerms terms, decimal minimumSpend) => Depth(new Offer { Id = "o", Terms = terms, Targets = [OfferTarget.WholeShop], MinimumSpend = minimumSpend });

    private static double Depth(Offer offer) => new DiscountDepth(new ItemGroups(Items), Items).Of(offer);
}
