using FsCheck;
using FsCheck.Fluent;
using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Profiles;

/// <summary>Profiles over a small catalog, and events for them.</summary>
internal sealed class ProfileShop
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>0 and 1 are teas of two brands, 2 a mug that is a gift too, 3 is a tea that nobody has put into the catalog.</summary>
    public static readonly CatalogSnapshot Catalog = new(
        [
            TestShop.Offer(0, OfferTarget.Category("tea"), OfferTarget.Brand("Ahoi")),
            TestShop.Offer(1, OfferTarget.Item(2), OfferTarget.WholeShop),
        ],
        [
            new Item { Id = 0, Categories = ["tea"], Brand = "Ahoi", Price = 2 },
            new Item { Id = 1, Categories = ["tea"], Brand = "Berg", Price = 10 },
            new Item { Id = 2, Categories = ["mugs", "gifts"], Price = 5 },
        ]);

    private static Gen<InteractionDetails?> Details { get; } =
        from amount in Gen.Elements<decimal?>(null, 0m, 1.0m, 1.00m, 0.1m, 1_000_000_000_000_000m)
        from discount in Gen.Elements<decimal?>(null, 0m, 0.5m)
        from order in Gen.Elements(null, "", "o1", "o2")
        from channel in Gen.Elements(default, ChannelId.AppPush, ChannelId.Email)
        from has in Gen.Choose(0, 2)
        select has == 0 ? null : new InteractionDetails { Amount = amount, Discount = discount, OrderId = order, Channel = channel };

    /// <summary>Events with few ids, times and contents, so that everything happens: repeats, conflicts, returns, unknown times and items.</summary>
    public static Arbitrary<Interaction[]> Lists { get; } = Arb.From(
        from events in Events.Lists.Generator
        from details in Details.ArrayOf(events.Length)
        select events.Zip(details, (interaction, one) => interaction with { Details = one }).ToArray());

    public ProfileShop(Action<CustomerProfileOptions>? configure = null, CatalogSnapshot? catalog = null)
    {
        var options = new CustomerProfileOptions { HalfLife = TimeSpan.FromDays(10) };
        configure?.Invoke(options);
        Offers = new InMemoryOfferCatalog(catalog ?? Catalog);
        Profiles = new CustomerProfiles(Offers, options, Time);
    }

    public ManualTime Time { get; } = new(Noon);

    public InMemoryOfferCatalog Offers { get; }

    public CustomerProfiles Profiles { get; }

    /// <summary>The profile of the one customer of most tests.</summary>
    public CustomerProfile Ann => Profiles.Find("ann") ?? throw new InvalidOperationException("Nothing is known of ann.");

    public static Interaction Purchase(ItemId item, double daysAgo = 0, decimal? amount = null, string? order = null) =>
        new("ann", item, InteractionKind.Purchase, Noon.AddDays(-daysAgo)) { Details = new InteractionDetails { Amount = amount, OrderId = order } };

    public ProfileShop With(params Interaction[] events)
    {
        Profiles.Add(events);
        return this;
    }
}
