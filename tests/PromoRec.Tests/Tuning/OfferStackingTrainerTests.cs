using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Ranking;
using PromoRec.Tests.Models;
using PromoRec.Tests.Ranking;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Tuning;

/// <summary>A shop in which customers go by one thing only: the stack must find out which, and ranking must go by it.</summary>
public sealed class OfferStackingTrainerTests
{
    private const int Customers = 60;

    private static readonly DateTimeOffset Now = TestShop.Noon;

    private static readonly Item[] Items =
    [
        Priced("tea", 3), Priced("cheap-cup", 2), Priced("cheap-pot", 2.5m), Priced("cheap-tin", 2.2m), Priced("coffee", 3), Priced("dear-cup", 40), Priced("dear-pot", 50), Priced("dear-tin", 45),
    ];

    private static readonly Offer[] Offers =
    [
        TestShop.OnItems("coffee-off", "coffee"),
        TestShop.OnItems("percent", "tea", "coffee") with { Terms = OfferTerms.PercentOff(10) },
        TestShop.Offer("shipping") with { Terms = OfferTerms.FreeShipping },
        TestShop.OnItems("tea-off", "tea"),
        TestShop.OnItems("tin-cheap", "cheap-tin"),
        TestShop.OnItems("tin-dear", "dear-tin"),
        TestShop.Offer("threshold") with { Terms = OfferTerms.SpendThreshold(5), MinimumSpend = 50 },
    ];

    public static TheoryData<string> Moments => ["hour", "weekday", "device", "page", "location"];

    [Theory]
    [MemberData(nameof(Moments))]
    public void It_learns_in_which_moment_which_form_of_offer_is_taken(string what)
    {
        using TestShop shop = Learnt(customer => Moment(what, customer % 2 == 0), customer => [customer % 2 == 0 ? "shipping" : "percent"]);

        Assert.Equal("shipping", Best(shop, 1, Moment(what, first: true)));
        Assert.Equal("percent", Best(shop, 1, Moment(what, first: false)));
    }

    [Fact]
    public void It_learns_that_offers_on_what_is_in_the_basket_are_taken()
    {
        using TestShop shop = Learnt(customer => InBasket(customer % 2 == 0 ? "tea" : "coffee"), customer => [customer % 2 == 0 ? "tea-off" : "coffee-off"]);

        Assert.Equal("tea-off", Best(shop, 1, InBasket("tea")));
        Assert.Equal("coffee-off", Best(shop, 1, InBasket("coffee")));
        Assert.Equal("coffee-off", Best(shop, 1, InBasket("coffee", "not in the catalog")));
    }

    [Fact]
    public void It_learns_that_a_threshold_is_taken_by_those_whose_basket_comes_near_it()
    {
        using TestShop shop = Learnt(customer => new RankContext { BasketValue = customer % 2 == 0 ? 45 : 4 }, customer => [customer % 2 == 0 ? "threshold" : "percent"]);

        Assert.Equal("threshold", Best(shop, 1, new RankContext { BasketValue = 40 }));
        Assert.Equal("percent", Best(shop, 1, new RankContext { BasketValue = 2 }));
    }

    [Fact]
    public void It_learns_that_offers_are_taken_whose_prices_customers_are_used_to()
    {
        using TestShop shop = Learnt(_ => null, customer => [IsThrifty(customer) ? "tin-cheap" : "tin-dear"]);

        Assert.Equal("tin-cheap", Best(shop, Enumerable.Range(0, Customers).First(IsThrifty)));
        Assert.Equal("tin-dear", Best(shop, Enumerable.Range(0, Customers).First(customer => !IsThrifty(customer))));
    }

    [Fact]
    public void It_learns_that_what_was_bought_long_ago_is_needed_again_and_a_purchase_of_today_counts_at_once()
    {
        using TestShop shop = Learnt(_ => null, customer => [DrankTeaLongAgo(customer) ? "tea-off" : "coffee-off"]);
        int customer = Enumerable.Range(0, Customers).First(DrankTeaLongAgo);
        SignalContribution before = SinceTea(shop, customer);

        Assert.Equal("tea-off", Best(shop, customer));
        Assert.Equal("coffee-off", Best(shop, Enumerable.Range(0, Customers).First(other => !DrankTeaLongAgo(other))));
        shop.Activity.Record(customer, [new CustomerEvent("tea", default, 0, true, null) { Day = (int)(Now.UtcTicks / TimeSpan.TicksPerDay) }]);

        Assert.Equal("customer.days_since_target=[30, 60)", before.Name);
        Assert.Equal("customer.days_since_target=[-∞, 1)", SinceTea(shop, customer).Name);
        Assert.True(SinceTea(shop, customer).Contribution < 0 && before.Contribution > 0);
    }

    [Fact]
    public void Offers_that_were_not_shown_are_no_examples()
    {
        UserOffer[] taken = [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, customer % 2 == 0 ? "vip" : "tea-off"))];
        var occasion = new OfferOccasion(Hybrid(), new CatalogSnapshot([.. Offers, TestShop.OnItems("vip", "coffee") with { Segments = ["vip"] }], Items), taken, Now);
        OfferOccasion known = occasion with { Customers = new Segments([.. Enumerable.Range(0, Customers).Select(customer => (new UserId(customer), "vip"))]) };
        OfferOccasion hidden = known with { RequestOf = _ => new RankRequest { Except = new HashSet<OfferId> { "tin-cheap", "tin-dear" }, HidePurchased = false } };

        Assert.Equal(Customers / 2 * Offers.Length, Examples(occasion));
        Assert.Equal(Customers * (Offers.Length + 1), Examples(known));
        Assert.Equal(Customers * (Offers.Length - 1), Examples(hidden));
    }

    [Fact]
    public void What_is_left_out_weighs_nothing_and_what_is_no_feature_cannot_be_left_out()
    {
        var occasion = new OfferOccasion(Hybrid(), new CatalogSnapshot(Offers, Items), [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, DrankTeaLongAgo(customer) ? "tea-off" : "coffee-off"))], Now);
        var options = new OfferStackingOptions();
        options.LeftOut.UnionWith([StackingSchema.DaysSinceTarget, StackingSchema.Form]);
        LinearModel[] stackers = [.. new[] { new OfferStackingOptions(), options }.Select(one => new OfferStackingTrainer(one).Train([occasion], cancellationToken: TestContext.Current.CancellationToken))];

        foreach (FeatureField field in stackers[0].Schema.Fields.Where(field => options.LeftOut.Contains(field.Name)))
        {
            Assert.Contains(stackers[0].Weights[field.FirstColumn..(field.FirstColumn + field.OwnColumns)], weight => weight != 0);
            Assert.DoesNotContain(stackers[1].Weights[field.FirstColumn..(field.FirstColumn + field.OwnColumns)], weight => weight != 0);
        }

        options.LeftOut.Add("offer.colour");
        string message = Assert.Throws<ArgumentException>(() => new OfferStackingTrainer(options)).Message;
        Assert.Contains("'offer.colour' cannot be left out", message, StringComparison.Ordinal);
        Assert.Contains("customer.price_fit", message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_the_scale_of_all_customers_who_does_much_is_told_from_who_does_little()
    {
        // Both take what they buy, but only those who buy much of it take the offer; the others take a tin.
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        for (int customer = 0; customer < Customers; customer++)
        {
            builder.Add(new Interaction(customer, new ItemId("tea"), InteractionKind.Purchase, Now.AddDays(-20)) { Value = IsThrifty(customer) ? 1 : 9 });
        }

        HybridMember[] members = [new("repeat", new RepeatTrainer().Train(builder.Build(TestContext.Current.CancellationToken)))];
        UserOffer[] taken = [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, IsThrifty(customer) ? "tin-cheap" : "tea-off"))];
        Offer[] offers = [.. Offers.Where(offer => offer.Id == "tin-cheap" || offer.Id == "tea-off")];
        var occasion = new OfferOccasion(HybridModel.Of(members), new CatalogSnapshot(offers, Items), taken, Now);
        int thrifty = Enumerable.Range(0, Customers).First(IsThrifty);
        int lavish = Enumerable.Range(0, Customers).First(customer => !IsThrifty(customer));
        foreach (StackingScale scale in Enum.GetValues<StackingScale>())
        {
            LinearModel stacker = new OfferStackingTrainer(new OfferStackingOptions { Training = { Cost = 10 }, Scale = scale }).Train([occasion], cancellationToken: TestContext.Current.CancellationToken);
            HybridModel model = HybridModel.Stacked(members, stacker);
            using var shop = new TestShop(occasion.Catalog, RecommendationModel.Load(SampleModel.Bytes(model)));

            bool isTold = Best(shop, thrifty) != Best(shop, lavish);
            Assert.Equal(scale == StackingScale.OfAllCustomers, isTold);
            OfferExplanation explained = shop.Ranker.Explain(lavish, "tea-off", new RankRequest { HidePurchased = false });
            Assert.Equal(explained.Score!.Value, explained.Intercept!.Value + explained.Signals.Sum(signal => signal.Contribution), 1e-4);
        }
    }

    /// <summary>By another exponent offers with many items would have other scores than those that were learnt from.</summary>
    [Fact]
    public void A_stack_is_refused_where_offers_are_ranked_by_another_exponent_than_it_learnt_with()
    {
        var occasion = new OfferOccasion(Hybrid(), new CatalogSnapshot(Offers, Items), [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, "tea-off"))], Now);
        RankingOptions learning = new() { TargetSizeExponent = 0.75 };
        LinearModel stacker = new OfferStackingTrainer(new OfferStackingOptions { Ranking = learning }).Train([occasion], cancellationToken: TestContext.Current.CancellationToken);
        HybridModel model = (HybridModel)RecommendationModel.Load(SampleModel.Bytes(HybridModel.Stacked(Hybrid().Members, stacker.WithCalibrator(null))));
        using var host = new TestShop(occasion.Catalog, Hybrid());
        using var same = new TestShop(occasion.Catalog, model, options: learning);

        PromoRecException fault = Assert.Throws<PromoRecException>(() => host.Live.Publish(model));

        Assert.Equal(PromoRecErrorCode.UnfitModel, fault.Code);
        Assert.Contains("was stacked with the TargetSizeExponent 0.75, but RankingOptions.TargetSizeExponent is 0.25", fault.Message, StringComparison.Ordinal);
        Assert.NotSame(model, host.Live.Current);
        Assert.Same(model, same.Live.Current);
        Assert.Equal(PromoRecErrorCode.UnfitModel, Assert.Throws<PromoRecException>(() => OfferLadder.Compare(occasion with { Model = model }, cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.NotEmpty(OfferLadder.Compare(occasion with { Model = model }, ranking: learning, cancellationToken: TestContext.Current.CancellationToken));

        // Where the stack may not answer, its exponent makes no difference.
        host.Live.Publish(model.WithLadder([new LadderRung(RankTier.Popularity, "popular", 0.5, 0, true), new LadderRung(RankTier.Hybrid, "hybrid", 0.4, -0.1, false)]));
    }

    [Fact]
    public void A_hybrid_that_lost_on_its_ladder_can_be_learnt_from()
    {
        HybridModel lost = Hybrid().WithLadder([new LadderRung(RankTier.Popularity, "popular", 0.5, 0, true), new LadderRung(RankTier.Hybrid, "hybrid", 0.4, -0.1, false)]);

        Assert.Equal(Offers.Length, Examples(new OfferOccasion(lost, new CatalogSnapshot(Offers, Items), [new UserOffer(1, "tea-off")], Now)));
    }

    [Fact]
    public void A_stack_that_ranks_later_offers_worse_than_a_member_may_not_answer()
    {
        UserOffer[] taken = [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer(customer, DrankTeaLongAgo(customer) ? "tea-off" : "coffee-off"))];
        var request = new RankRequest { HidePurchased = false };
        LinearModel good = Train(_ => null, customer => [DrankTeaLongAgo(customer) ? "tea-off" : "coffee-off"]);

        // It puts last what customers bought before.
        double[] weights = new double[good.Weights.Length];
        weights[good.Schema.Fields[0].FirstColumn] = -5;
        var bad = new LinearModel(good.Schema, LinearLoss.Logistic, weights, 0, good.Manifest);
        var later = new OfferOccasion(Hybrid(), new CatalogSnapshot(Offers, Items), taken, Now) { RequestOf = _ => request };

        IReadOnlyList<LadderRung>[] ladders = [.. new[] { good, bad }.Select(stacker => OfferLadder.Compare(later with { Model = HybridModel.Stacked(Hybrid().Members, stacker) }, cancellationToken: TestContext.Current.CancellationToken))];

        Assert.All(ladders, ladder => Assert.Equal([RankTier.Popularity, RankTier.Neighbours, RankTier.Hybrid], ladder.Select(rung => rung.Tier)));
        Assert.Equal(1, ladders[0][^1].Value);
        Assert.Equal([true, false], ladders.Select(ladder => ladder[^1].Serves));
        using var shop = new TestShop(new CatalogSnapshot(Offers, Items), HybridModel.Stacked(Hybrid().Members, bad).WithLadder(ladders[1]));
        LadderRung serving = ladders[1].Last(rung => rung.Serves);
        Assert.Equal((serving.Tier, RankTierReason.HigherDidNotWin), (shop.Ranker.Rank(1, request).Summary.Tier, shop.Ranker.Rank(1, request).Summary.TierReason));

        Assert.Contains("coverage", Assert.Throws<ArgumentException>(() => OfferLadder.Compare(later, RankingMetric.Parse("coverage@10"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_occasions_give_the_same_bits()
    {
        LinearModel[] twice = [.. Enumerable.Range(0, 2).Select(_ => Train(customer => Moment("device", customer % 2 == 0), customer => [customer % 2 == 0 ? "shipping" : "percent"]))];

        Assert.Equal(twice[0].Weights, twice[1].Weights);
        Assert.Equal(twice[0].Intercept, twice[1].Intercept);
    }

    [Fact]
    public void Without_an_occasion_or_an_offer_that_was_taken_it_says_what_is_missing()
    {
        Assert.Contains("no occasion", Assert.Throws<ArgumentException>(() => new OfferStackingTrainer().Train([])).Message, StringComparison.Ordinal);

        PromoRecException nothing = Assert.Throws<PromoRecException>(() => Train(_ => null, _ => ["unknown"]));
        Assert.Equal(PromoRecErrorCode.InvalidDataset, nothing.Code);
        Assert.Contains($"None of {Customers} offers that were taken was there", nothing.Message, StringComparison.Ordinal);
    }

    private static TestShop Learnt(Func<int, RankContext?> contextOf, Func<int, OfferId[]> takenBy) =>
        new(new CatalogSnapshot(Offers, Items), HybridModel.Stacked(Hybrid().Members, Train(contextOf, takenBy)));

    private static LinearModel Train(Func<int, RankContext?> contextOf, Func<int, OfferId[]> takenBy)
    {
        UserOffer[] taken = [.. Enumerable.Range(0, Customers).SelectMany(customer => takenBy(customer).Select(offer => new UserOffer(customer, offer)))];
        var occasion = new OfferOccasion(Hybrid(), new CatalogSnapshot(Offers, Items), taken, Now) { RequestOf = user => new RankRequest { Context = contextOf(int.Parse(user.ToString(), null)), HidePurchased = false } };
        return new OfferStackingTrainer(new OfferStackingOptions { Training = { Cost = 10 } }).Train([occasion], cancellationToken: TestContext.Current.CancellationToken);
    }

    private static int Examples(OfferOccasion occasion)
    {
        FeatureSchema schema = StackingSchema.For([.. occasion.Model.Members.Select(member => member.Name)]);
        var examples = new ExampleSetBuilder(schema);
        new StackingExamples(occasion, new OfferStackingOptions(), schema, examples).Add();
        return examples.Count;
    }

    private static HybridModel Hybrid()
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        for (int customer = 0; customer < Customers; customer++)
        {
            foreach (string item in (string[])(IsThrifty(customer) ? ["cheap-cup", "cheap-pot"] : ["dear-cup", "dear-pot"]))
            {
                builder.Add(new Interaction(customer, new ItemId(item), InteractionKind.Purchase, Now.AddDays(-20)));
            }

            builder.Add(new Interaction(customer, new ItemId("tea"), InteractionKind.Purchase, Now.AddDays(DrankTeaLongAgo(customer) ? -50 : -(customer % 7))));
            builder.Add(new Interaction(customer, new ItemId("coffee"), InteractionKind.Purchase, Now.AddDays(DrankTeaLongAgo(customer) ? -(customer % 7) : -50)));
        }

        foreach (string item in (string[])["cheap-tin", "dear-tin"])
        {
            builder.Add(new Interaction("somebody else", new ItemId(item), InteractionKind.Purchase, Now.AddDays(-20)));
        }

        InteractionDataset dataset = builder.Build();
        return HybridModel.Of([new("repeat", new RepeatTrainer().Train(dataset)), new("popular", new PopularityTrainer(new PopularityOptions { HalfLife = null }).Train(dataset))]);
    }

    // Neither follows from the parity by which the tests of moments split the customers, nor from the other.
    private static bool IsThrifty(int customer) => customer / 2 % 2 == 0;

    private static bool DrankTeaLongAgo(int customer) => customer / 4 % 2 == 0;

    private static RankContext Moment(string what, bool first) => what switch
    {
        "hour" => new RankContext { LocalTime = Now.Date.AddHours(first ? 8 : 21) },
        "weekday" => new RankContext { LocalTime = Now.AddDays(first ? 0 : 2) },
        "device" => new RankContext { Device = first ? "phone" : "tablet" },
        "page" => new RankContext { Page = first ? "checkout" : "search" },
        _ => new RankContext { Location = first ? "北京" : "Kiel" },
    };

    private static SignalContribution SinceTea(TestShop shop, UserId customer) =>
        Assert.Single(shop.Ranker.Explain(customer, "tea-off", new RankRequest { HidePurchased = false }).Signals, signal => signal.Name.StartsWith("customer.days_since_target", StringComparison.Ordinal));

    private static RankContext InBasket(params ItemId[] items) => new() { Basket = items };

    private static string Best(TestShop shop, UserId customer, RankContext? context = null) =>
        shop.Ranker.Rank(customer, new RankRequest { Context = context, HidePurchased = false })[0].Offer.Id.ToString();

    private static Item Priced(ItemId id, decimal price) => new() { Id = id, Categories = ["kitchen"], Price = price };
}
