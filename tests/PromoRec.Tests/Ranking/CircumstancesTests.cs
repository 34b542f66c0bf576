using FsCheck;
using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Tests.Properties;
using PromoRec.Training.Knn;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Ranking;

// A listener makes tracing allocate, so what listens and what counts allocations take turns.
[Collection("telemetry")]
public sealed class CircumstancesTests
{
    private const int Customers = 12;
    private const int ItemCount = 15;

    private static readonly (CircumstanceKinds Kind, string Name)[] Kinds =
    [
        (CircumstanceKinds.Days, StackingSchema.DaysSinceTarget), (CircumstanceKinds.Days, StackingSchema.DaysSinceAnything), (CircumstanceKinds.Prices, StackingSchema.PriceFit), (CircumstanceKinds.Basket, StackingSchema.AimsAtBasket),
    ];

    private static readonly string?[] Words = [null, "phone", "checkout", "北京", string.Empty];

    /// <summary>Ranking adds up tables; explaining encodes the declared features and multiplies. Both must come to the same for every offer, customer and context.</summary>
    [Fact]
    public void What_tables_add_up_to_is_what_the_declared_features_say()
    {
        Gen<(int Seed, RankContext? Context, int Customer)> cases =
            from seed in Gen.Choose(0, 1_000_000)
            from day in Gen.Choose(-1, 9)
            from hour in Gen.Choose(0, 23)
            from words in Gen.ArrayOf(Gen.Elements(Words), 3)
            from basket in Gen.ListOf(Gen.Choose(0, ItemCount + 2))
            from worth in Gen.Choose(-1, 100)
            from customer in Gen.Choose(0, Customers - 1)
            select (seed, day == -1 ? null : Context(day, hour, words, [.. basket], worth), customer);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            using TestShop shop = Shop(one.Seed);
            if (one.Customer % 3 == 0)
            {
                shop.Activity.Record(one.Customer, [new CustomerEvent(one.Seed % ItemCount, default, 1, false, null) { Day = Today - (one.Seed % 9) }]);
            }

            var request = new RankRequest { Context = one.Context, HidePurchased = false, Count = 100 };
            RankedOffers ranked = shop.Ranker.Rank(one.Customer, request);
            Assert.Equal(RankTier.Hybrid, ranked.Summary.Tier);
            foreach (RankedOffer offer in ranked)
            {
                OfferExplanation explained = shop.Ranker.Explain(one.Customer, offer.Offer.Id, request);
                Assert.Equal(offer.Score, explained.Intercept!.Value + explained.Signals.Sum(signal => signal.Contribution), 2e-4);
            }
        }).Holds();
    }

    [Fact]
    public void What_no_weight_needs_is_not_looked_for_and_nothing_changes()
    {
        Gen<(int Seed, CircumstanceKinds Needed, int Customer)> cases =
            from seed in Gen.Choose(0, 1_000_000)
            from needed in Gen.Choose(0, (int)CircumstanceKinds.All)
            from customer in Gen.Choose(0, Customers - 1)
            select (seed, (CircumstanceKinds)needed, customer);
        int skipped = 0;
        Prop.ForAll(cases.ToArbitrary(), one => skipped += CheckSkipped(one.Seed, one.Needed, one.Customer)).QuickCheckThrowOnFailure();
        Assert.InRange(skipped, 100, int.MaxValue);
    }

    [Fact]
    public void A_context_is_felt_through_every_field()
    {
        using TestShop shop = Shop(seed: 5);
        string[] signals = [.. shop.Ranker.Rank(1, new RankRequest { Count = 100, HidePurchased = false })
            .SelectMany(ranked => shop.Ranker.Explain(1, ranked.Offer.Id, new RankRequest { Context = Context(3, 10, ["phone", "checkout", "Kiel"], [1, 2, 3, 4, 5], 30), HidePurchased = false }).Signals)
            .Select(signal => signal.Name.Split('=')[0]).Distinct()];

        foreach (string field in StackingSchema.For(["repeat", "knn"]).Fields.Where(field => field.Kind != FeatureKind.Cross).Select(field => field.Name).Except([StackingSchema.Redeemed]))
        {
            Assert.Contains(field, signals);
        }

        Assert.Contains(signals, name => name.StartsWith("offer.form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_with_a_context_allocates_nothing()
    {
        using TestShop shop = Shop(seed: 7);
        shop.Activity.Record(2, [new CustomerEvent(1, default, 1, false, null) { Day = Today }]);
        var request = new RankRequest { Context = Context(3, 10, ["phone", "checkout", "Kiel"], [1, 2, 3], 30), HidePurchased = false };
        var places = new RankedOffer[10];

        Assert.Equal(0, await SteadyAllocation.OfAsync(RankAll));

        void RankAll()
        {
            shop.Ranker.Rank(1, places, request);
            shop.Ranker.Rank(2, places, request);
        }
    }

    [Fact]
    public void A_basket_worth_less_than_nothing_is_refused() =>
        Assert.Equal(nameof(RankContext.BasketValue), Assert.Throws<ArgumentOutOfRangeException>(() => new RankContext { BasketValue = -1 }).ParamName);

    /// <summary>Compares what a stack makes of everything with what it makes of what it needs, and returns for how many offers it was spared something.</summary>
    private static int CheckSkipped(int seed, CircumstanceKinds needed, int user)
    {
        using TestShop shop = Shop(seed, needed);
        shop.Activity.Record(user, [new CustomerEvent(seed % ItemCount, default, 1, false, null) { Day = Today - (seed % 9) }]);
        RankingState state = shop.Live.State;
        OfferStack stack = state.Fusion!.Stack!;
        Assert.Equal(needed, stack.Needed);
        CustomerView customer = CustomerView.Of(user, state, shop.Activity.Find(user), directory: null);
        RankContext context = Context(3, 10, ["phone", "checkout", "Kiel"], [1, 2, 3], 30);
        Circumstances all = Circumstances.Of(stack.Traits, customer, context, TestShop.Noon.UtcTicks, new RankScratch());
        Circumstances some = state.Fusion.CircumstancesOf(customer, context, TestShop.Noon.UtcTicks, new RankScratch());
        float[][] ofForms = [new float[StackingSchema.Forms.Length], new float[StackingSchema.Forms.Length]];
        stack.AddUpContext(all, new FeatureValues(stack.Schema), ofForms[0]);
        stack.AddUpContext(some, new FeatureValues(stack.Schema), ofForms[1]);
        Assert.Equal(ofForms[0], ofForms[1]);
        Assert.Equal(stack.OfAll(9, all), stack.OfAll(9, some));
        int skipped = 0;
        for (int row = 0; row < state.Catalog.Count; row++)
        {
            Assert.Equal(stack.Of(row, all, ofForms[0]), stack.Of(row, some, ofForms[0]));
            Assert.Equal(stack.SignalOf(row, all, ofForms[0]), stack.SignalOf(row, some, ofForms[0]));
            Assert.Equal(stack.Explain(row, 9, all, state.Fusion.Names, [0.5f, 0.25f]).Contributions, stack.Explain(row, 9, some, state.Fusion.Names, [0.5f, 0.25f]).Contributions);
            bool isSpared = !all.DaysSinceTarget(row).Equals(some.DaysSinceTarget(row)) || !all.PriceFit(row).Equals(some.PriceFit(row)) || all.AimsAtBasket(row) != some.AimsAtBasket(row);
            skipped += isSpared ? 1 : 0;
        }

        return skipped;
    }

    private static int Today => (int)(TestShop.Noon.UtcTicks / TimeSpan.TicksPerDay);

    private static RankContext Context(int day, int hour, string?[] words, int[] basket, int worth) => new()
    {
        LocalTime = day == 0 ? null : TestShop.Noon.Date.AddDays(day).AddHours(hour),
        Device = words[0],
        Page = words[1],
        Location = words[2],
        Basket = [.. basket.Select(item => new ItemId(item))],
        BasketValue = worth < 0 ? null : worth,
    };

    /// <summary>Offers of all forms with and without prices, and a stacker with weights drawn for every column.</summary>
    private static TestShop Shop(int seed, CircumstanceKinds weighed = CircumstanceKinds.All)
    {
        var random = new SeededRandom((ulong)seed);
        Item[] items = [.. Enumerable.Range(0, ItemCount).Select(item => new Item { Id = item, Categories = [$"c{item % 3}"], Brand = item % 4 == 0 ? null : $"b{item % 4}", Price = item % 5 == 4 ? null : 1 + (item * item % 17) })];
        OfferTerms[] terms =
        [
            OfferTerms.CashOff(1), OfferTerms.PercentOff(20), OfferTerms.SpendThreshold(5), OfferTerms.TimeLimitedPrice(2), OfferTerms.BuyAndGet(2, 1), OfferTerms.Bundle(5), OfferTerms.Member(10), OfferTerms.Points(100),
            OfferTerms.FreeShipping,
        ];
        Offer[] offers = [.. terms.Select((one, at) => (at % 3 == 2 ? TestShop.Offer($"o{at}") : TestShop.OnItems($"o{at}", at, (at * 4) % ItemCount)) with { Terms = one, MinimumSpend = one.Form == OfferForm.SpendThreshold ? 40 : null })];
        var builder = new DatasetBuilder();
        for (int at = 0; at < 80; at++)
        {
            DateTimeOffset time = random.NextInt32(4) == 0 ? default : TestShop.Noon.AddDays(-random.NextInt32(200));
            builder.Add(new Interaction(at % Customers, new ItemId(random.NextInt32(ItemCount)), InteractionKind.Purchase, time));
        }

        InteractionDataset dataset = builder.Build();
        HybridMember[] members = [new("repeat", new RepeatTrainer().Train(dataset)), new("knn", new ItemKnnTrainer(new KnnOptions()).Train(dataset))];
        FeatureSchema schema = StackingSchema.For(["repeat", "knn"]);
        double[] weights = [.. Enumerable.Range(0, schema.ColumnCount).Select(_ => random.NextDouble() - 0.5)];
        foreach ((CircumstanceKinds _, string name) in Kinds.Where(one => !weighed.HasFlag(one.Kind)))
        {
            Assert.True(schema.TryGetPosition(name, out int position));
            Array.Clear(weights, schema.Fields[position].FirstColumn, schema.Fields[position].OwnColumns);
        }

        var stacker = new LinearModel(schema, LinearLoss.Logistic, weights, 0.3, new ModelManifest { Version = "stack", Algorithm = "linear" });
        return new TestShop(new CatalogSnapshot(offers, items), HybridModel.Stacked(members, stacker));
    }
}
