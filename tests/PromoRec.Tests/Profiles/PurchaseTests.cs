using PromoRec.Interactions;
using PromoRec.Profiles;

namespace PromoRec.Tests.Profiles;

public class PurchaseTests
{
    [Fact]
    public void Lines_of_an_order_or_of_an_instant_are_one_purchase()
    {
        ProfileShop shop = new ProfileShop().With(
            ProfileShop.Purchase(0, 3, 2.5m, "o1"),
            ProfileShop.Purchase(1, 2, 10m, "o1"),
            ProfileShop.Purchase(2, 1, 4m),
            ProfileShop.Purchase(0, 1, 2m));

        Assert.Equal(new RfmValues(ProfileShop.Noon.AddDays(-1), TimeSpan.FromDays(1), 2, 18.5m), shop.Ann.Rfm);
    }

    [Fact]
    public void Without_an_amount_the_catalogs_price_stands_in_and_returns_are_taken_off()
    {
        ProfileShop shop = new ProfileShop().With(
            ProfileShop.Purchase(1, 2) with { Value = 3 },
            ProfileShop.Purchase(3, 2),
            ProfileShop.Purchase(1, 1, 9m) with { Value = -1 });

        Assert.Equal((1, 21m), (shop.Ann.Rfm.Frequency, shop.Ann.Rfm.Monetary));
        Assert.Equal(TimeSpan.FromDays(2), shop.Ann.Rfm.Recency);
    }

    [Fact]
    public void The_window_leaves_out_what_is_as_old_as_itself_but_recency_does_not()
    {
        ProfileShop shop = new ProfileShop(options => options.PurchaseWindow = TimeSpan.FromDays(5)).With(ProfileShop.Purchase(0, 5, 7m));
        Assert.Equal(new RfmValues(ProfileShop.Noon.AddDays(-5), TimeSpan.FromDays(5), 0, 0m), shop.Ann.Rfm);

        shop.With(ProfileShop.Purchase(0, 4.999, 7m));
        Assert.Equal((1, 7m), (shop.Ann.Rfm.Frequency, shop.Ann.Rfm.Monetary));
    }

    [Fact]
    public void A_redemption_is_no_purchase_but_makes_its_order_a_discounted_one()
    {
        ProfileShop shop = new ProfileShop(options => (options.DiscountPriorShare, options.DiscountPriorOrders) = (0.5, 2)).With(
            ProfileShop.Purchase(0, 1, 2m, "o1"),
            new Interaction("ann", (OfferId)1, InteractionKind.Redeem, ProfileShop.Noon) { Details = new InteractionDetails { OrderId = "o1" } },
            new Interaction("ann", (OfferId)1, InteractionKind.Redeem, ProfileShop.Noon.AddDays(-2)),
            ProfileShop.Purchase(1, 3, 2m, "o2"));

        Assert.Equal(2, shop.Ann.Rfm.Frequency);
        Assert.Equal(new DiscountAffinity((2 + 1) / 5.0, 3, 2), shop.Ann.Discount);
    }

    [Fact]
    public void A_discount_or_an_offer_on_a_line_makes_an_order_discounted_and_a_discount_of_nothing_does_not()
    {
        ProfileShop shop = new ProfileShop().With(
            new Interaction("ann", (ItemId)0, InteractionKind.Purchase, ProfileShop.Noon) { Details = new InteractionDetails { Discount = 0 } },
            new Interaction("ann", (ItemId)0, InteractionKind.Purchase, ProfileShop.Noon.AddDays(-1)) { Details = new InteractionDetails { Discount = 0.01m } },
            new Interaction("ann", (ItemId)0, InteractionKind.Purchase, ProfileShop.Noon.AddDays(-2)) { Offer = 7 });

        Assert.Equal(new DiscountAffinity((2 + (4 * 0.25)) / 7, 3, 2), shop.Ann.Discount);
    }

    [Fact]
    public void Of_whom_nothing_is_known_the_expectations_hold()
    {
        ProfileShop shop = new ProfileShop().With(new Interaction("ann", (ItemId)0, InteractionKind.View, default));

        Assert.Equal(new DiscountAffinity(0.25, 0, 0), shop.Ann.Discount);
        Assert.Equal(new PriceAffinity(0.5, 0), shop.Ann.Price);
        Assert.All(shop.Ann.Hours, share => Assert.Equal(1.0 / 24, share, 1e-15));
        Assert.Empty(shop.Ann.Channels);
        Assert.Equal(new RfmValues(null, null, 0, 0), shop.Ann.Rfm);
    }

    [Fact]
    public void Price_affinity_is_the_place_inside_the_category_drawn_to_the_middle()
    {
        // Four teas at 1, 2, 2 and 9: their places are 1/8, 1/2, 1/2 and 7/8. A mug alone has nothing to be compared with.
        CatalogSnapshot catalog = new([],
        [
            new Item { Id = "a", Categories = ["tea"], Price = 1 }, new Item { Id = "b", Categories = ["tea"], Price = 2 },
            new Item { Id = "c", Categories = ["tea"], Price = 2 }, new Item { Id = "d", Categories = ["tea", "tea", "gift"], Price = 9 },
            new Item { Id = "e", Categories = ["gift"], Price = 99 }, new Item { Id = "mug", Categories = ["mugs"], Price = 5 },
            new Item { Id = "free", Categories = ["tea"] },
        ]);

        Assert.Equal(((1 / 8.0) + 1) / 3, Bought("a").Position, 1e-15);
        Assert.Equal(0.5, Bought("b").Position);
        Assert.Equal((((7 / 8.0) + (1 / 4.0)) / 2 + 1) / 3, Bought("d").Position, 1e-15);
        Assert.Equal(((3 / 4.0) + 1) / 3, Bought("e").Position, 1e-15);
        Assert.Equal(new PriceAffinity(0.5, 0), Bought("mug"));
        Assert.Equal(new PriceAffinity(0.5, 0), Bought("free"));
        Assert.Equal(0.5, Bought("a", daysAgo: 10).Evidence);

        PriceAffinity Bought(ItemId item, double daysAgo = 0) => new ProfileShop(catalog: catalog).With(ProfileShop.Purchase(item, daysAgo)).Ann.Price;
    }

    [Fact]
    public void The_largest_amounts_add_up()
    {
        CatalogSnapshot catalog = new([], [new Item { Id = 0, Price = decimal.MaxValue }]);
        ProfileShop shop = new ProfileShop(catalog: catalog).With([.. Enumerable.Range(0, 900).Select(i => ProfileShop.Purchase(0, i / 3.0) with { Value = 1e300 })]);

        Assert.Equal(900 * 1_000_000_000_000_000m, shop.Ann.Rfm.Monetary);
    }

    [Theory]
    [InlineData(-0.01, 0)]
    [InlineData(1.1e15, 0)]
    [InlineData(0, -1)]
    public void An_amount_out_of_range_is_refused_and_nothing_is_taken_up(double amount, double discount)
    {
        var shop = new ProfileShop();
        Interaction bad = ProfileShop.Purchase(0) with { Details = new InteractionDetails { Amount = (decimal)amount, Discount = (decimal)discount } };

        ArgumentException fault = Assert.Throws<ArgumentException>(() => shop.With(ProfileShop.Purchase(0), bad));

        Assert.Contains(discount < 0 ? "Discount of" : "Amount of", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, shop.Profiles.Count);
    }
}
