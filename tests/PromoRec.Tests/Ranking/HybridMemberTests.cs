using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Models.Popularity;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Ranking;

/// <summary>What each member of a hybrid knows of a customer must be what it would know alone.</summary>
public sealed class HybridMemberTests
{
    private const int Customers = 30;
    private const int ItemCount = 24;
    private const double Little = 1e-6;

    private static readonly DateTimeOffset Now = TestShop.Noon;

    private static readonly RankRequest All = new() { Count = ItemCount, HidePurchased = false, HideRedeemed = false };

    private static readonly Item[] Items = [.. Enumerable.Range(0, ItemCount).Select(item => new Item { Id = item, Categories = [$"c{item % 4}"], Brand = $"b{item % 7}" })];

    private static readonly CatalogSnapshot Catalog = new([.. Enumerable.Range(0, ItemCount).Select(item => TestShop.OnItems($"o{item:00}", item))], Items);

    [Theory]
    [InlineData(8, 40)]
    [InlineData(40, 8)]
    [InlineData(8, 8)]
    public void Two_models_of_factors_each_go_by_their_own_vectors(int first, int second)
    {
        InteractionDataset data = Purchases();
        FactorModel[] models = [Als(data, first, seed: 1), Als(data, second, seed: 2)];
        foreach (bool hasNews in new[] { false, true })
        {
            for (int strong = 0; strong < 2; strong++)
            {
                using var alone = new TestShop(Catalog, models[strong]);
                using var shop = new TestShop(Catalog, HybridModel.Of([new("a", models[0]) { Weight = strong == 0 ? 1 : Little }, new("b", models[1]) { Weight = strong == 1 ? 1 : Little }]));
                foreach (TestShop one in hasNews ? [alone, shop] : Array.Empty<TestShop>())
                {
                    one.Activity.Record(3, [new CustomerEvent(5, default, 4, true, null)]);
                    one.Activity.Record("newcomer", [new CustomerEvent(2, default, 1, true, null)]);
                }

                Assert.Equal(alone.Order(3, All), shop.Order(3, All));
                Assert.Equal(hasNews, alone.Ranker.Rank("newcomer", All).Summary.Tier == RankTier.Als);
                Assert.True(!hasNews || alone.Order("newcomer", All) == shop.Order("newcomer", All));
            }
        }
    }

    [Fact]
    public void An_event_that_says_nothing_to_a_member_with_data_of_its_own_leaves_what_it_says_as_it_was()
    {
        InteractionDataset redemptions = Data(random => random.NextInt32(3) == 0 ? InteractionKind.Redeem : InteractionKind.View, new Dictionary<InteractionKind, double> { [InteractionKind.View] = 1e-6 });
        InteractionDataset everything = Data(random => random.NextInt32(3) == 0 ? InteractionKind.Redeem : InteractionKind.View, []);
        HybridModel hybrid = HybridModel.Of([new("redeemed", new RepeatTrainer().Train(SameCustomersAndItems(redemptions, everything))), new("all", new RepeatTrainer().Train(everything))]);
        using var shop = new TestShop(Catalog, hybrid);
        float?[] before = Terms(shop, 4);

        shop.Activity.Record(4, [new CustomerEvent(1, default, 1, false, null)]);

        Assert.Equal(before, Terms(shop, 4));
        Assert.Contains(before, term => term > 0);
        Assert.Contains("all", shop.Ranker.Rank(4, All)[0].Sources.ToArray());

        static float?[] Terms(TestShop shop, UserId customer) =>
            [.. Enumerable.Range(0, ItemCount).Select(item => shop.Ranker.Explain(customer, $"o{item:00}", All).Sources.Single(source => source.Name == "redeemed").Term)];
    }

    [Fact]
    public void What_an_offer_scores_does_not_depend_on_which_others_are_asked_for()
    {
        InteractionDataset data = Purchases();
        HybridMember[] members = [new("als", Als(data, 8, seed: 1)), new("knn", new ItemKnnTrainer(new KnnOptions()).Train(data)), new("repeat", new RepeatTrainer().Train(data))];
        var random = new SeededRandom(3);
        var schema = StackingSchema.For(["als", "knn", "repeat"]);
        var stacker = new LinearModel(schema, LinearLoss.Logistic, [.. Enumerable.Range(0, schema.ColumnCount).Select(_ => random.NextDouble() - 0.3)], 0.1, new ModelManifest { Version = "s", Algorithm = "linear" });
        foreach (HybridModel hybrid in (HybridModel[])[HybridModel.Of(members), HybridModel.Stacked(members, stacker)])
        {
            using var shop = new TestShop(Catalog, hybrid);
            for (int customer = 0; customer < Customers; customer++)
            {
                foreach (RankedOffer ranked in shop.Ranker.Rank(customer, All))
                {
                    RankedOffer alone = Assert.Single(shop.Ranker.Rank(customer, new RankRequest { Only = new HashSet<OfferId> { ranked.Offer.Id }, HidePurchased = false, HideRedeemed = false }));
                    Assert.Equal((ranked.Score, ranked.Probability), (alone.Score, alone.Probability));
                }
            }
        }
    }

    [Fact]
    public void Popularity_that_a_hybrid_has_learnt_answers_for_strangers()
    {
        InteractionDataset data = Purchases();
        PopularityModel trend = new PopularityTrainer(new PopularityOptions { Measure = PopularityMeasure.Trend }).Train(data);
        HybridMember[] members = [new("trend", trend), new("repeat", new RepeatTrainer().Train(data))];
        using var alone = new TestShop(Catalog, trend);
        using var hybrid = new TestShop(Catalog, HybridModel.Of(members));
        using var judged = new TestShop(Catalog, HybridModel.Of(members).WithLadder([new LadderRung(RankTier.Popularity, "trend", 0.2, 0, true), new LadderRung(RankTier.Hybrid, "hybrid", 0.3, 0.1, true)]));
        using var plain = new TestShop(Catalog, HybridModel.Of(members).WithLadder([new LadderRung(RankTier.Popularity, "popularity", 0.2, 0, true), new LadderRung(RankTier.Hybrid, "hybrid", 0.3, 0.1, true)]));

        Assert.Equal(alone.Order("stranger", All), hybrid.Order("stranger", All));
        Assert.Equal(alone.Order("stranger", All), judged.Order("stranger", All));
        Assert.NotEqual(alone.Order("stranger", All), plain.Order("stranger", All));
        Assert.All([hybrid, judged, plain], shop => Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), (shop.Ranker.Rank("stranger").Summary.Tier, shop.Ranker.Rank("stranger").Summary.TierReason)));
        Assert.Equal(RankTier.Hybrid, hybrid.Ranker.Rank(1).Summary.Tier);
    }

    /// <summary>A stack has learnt of customers who are known: what else it goes by says nothing about what is popular, and is no match for a stranger.</summary>
    [Fact]
    public void Strangers_get_popularity_and_not_the_order_of_a_stack()
    {
        InteractionDataset data = Purchases();
        PopularityModel trend = new PopularityTrainer(new PopularityOptions { Measure = PopularityMeasure.Trend }).Train(data, cancellationToken: TestContext.Current.CancellationToken);
        PopularityModel popular = new PopularityTrainer().Train(data, cancellationToken: TestContext.Current.CancellationToken);
        HybridMember repeat = new("repeat", new RepeatTrainer().Train(data));
        HybridMember[] members = [new("trend", trend), repeat, new("popular", popular)];
        CatalogSnapshot catalog = new([.. Catalog.Offers.Select((offer, at) => offer with { Terms = OfferTerms.PercentOff(1 + (at * 4)) })], Items);
        using var ofTrend = new TestShop(catalog, trend);
        using var ofPopular = new TestShop(catalog, popular);
        using var ofData = new TestShop(catalog, repeat.Model);
        using var byTrend = new TestShop(catalog, HybridModel.Stacked(members, Stacker(["trend", "repeat", "popular"], 2, 1, 1)));
        using var byPopular = new TestShop(catalog, HybridModel.Stacked(members, Stacker(["trend", "repeat", "popular"], 1, 1, 2)));
        using var without = new TestShop(catalog, HybridModel.Stacked([repeat], Stacker(["repeat"], 1)));

        Assert.NotEqual(ofTrend.Order("stranger", All), ofPopular.Order("stranger", All));
        Assert.Equal(ofTrend.Order("stranger", All), byTrend.Order("stranger", All));
        Assert.Equal(ofPopular.Order("stranger", All), byPopular.Order("stranger", All));
        Assert.Equal(ofData.Order("stranger", All), without.Order("stranger", All));
        Assert.Equal(trend.Recommend("stranger", 9), ((HybridModel)byTrend.Live.Current!).Recommend("stranger", 9));
        foreach (TestShop shop in (TestShop[])[byTrend, byPopular, without])
        {
            RankedOffers ranked = shop.Ranker.Rank("stranger", All);
            Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown, RankTier.Hybrid), (ranked.Summary.Tier, ranked.Summary.TierReason, shop.Ranker.Rank(1).Summary.Tier));
            Assert.All(ranked, offer => Assert.DoesNotContain(offer.Reasons.All(), reason => reason.Kind == RankReasonKind.Signal));
            Assert.All(ranked, offer => Assert.Null(offer.Probability));
            Assert.Contains(shop.Ranker.Rank(1, All), offer => offer.Reasons.All().Any(reason => reason.Kind == RankReasonKind.Signal));
        }

        static LinearModel Stacker(string[] names, params double[] ofMembers)
        {
            FeatureSchema schema = StackingSchema.For(names);
            double[] weights = new double[schema.ColumnCount];
            ofMembers.CopyTo(weights, schema.Fields[0].FirstColumn);
            weights[schema.Fields.Single(field => field.Name == StackingSchema.Depth).FirstColumn] = 3;
            return new LinearModel(schema, LinearLoss.Logistic, weights, 0, new ModelManifest { Version = "s", Algorithm = "linear" });
        }
    }

    /// <summary>Whatever answers is what is explained: the same as where the member is in use alone.</summary>
    [Theory]
    [InlineData("als")]
    [InlineData("ease")]
    [InlineData("repeat")]
    [InlineData("popular")]
    public void Where_one_member_answers_it_is_the_one_that_explains(string name)
    {
        InteractionDataset data = Purchases();
        HybridMember[] members =
        [
            new("popular", new PopularityTrainer().Train(data, cancellationToken: TestContext.Current.CancellationToken)),
            new("als", Als(data, 8, seed: 1)),
            new("ease", new EaseTrainer().Train(data, cancellationToken: TestContext.Current.CancellationToken)),
            new("repeat", new RepeatTrainer().Train(data)),
        ];
        HybridMember member = members.Single(one => one.Name == name);
        using var alone = new TestShop(Catalog, member.Model);
        using var shop = new TestShop(Catalog, HybridModel.Of(members).WithLadder([new LadderRung(RankTier.Popularity, "popular", 0.1, 0, true), .. member.Model.Tier == RankTier.Popularity ? Array.Empty<LadderRung>() : [new LadderRung(member.Model.Tier, name, 0.2, 0.1, true)], new LadderRung(RankTier.Hybrid, "hybrid", 0.1, -0.1, false)]));
        int explained = 0;
        for (int offer = 0; offer < ItemCount; offer++)
        {
            OfferExplanation expected = alone.Ranker.Explain(3, $"o{offer:00}", All);
            OfferExplanation actual = shop.Ranker.Explain(3, $"o{offer:00}", All);

            SourceStanding source = Assert.Single(actual.Sources);
            Assert.Equal((name, member.Model.Tier, actual.Summary.Tier, expected.Score), (source.Name, source.Tier, source.Tier, actual.Score));
            Assert.Equal(expected.PastItems, actual.PastItems);
            explained += actual.PastItems.Count > 0 ? 1 : 0;

            // Of few iterations of ALS the parts do not add up, in use alone either: they rest on the vector that the last item vectors give.
            if (actual.PastItems.Count > 0 && name != "als")
            {
                Assert.Equal(actual.Score!.Value, actual.PastItems.Sum(past => past.Contribution), 1e-4);
            }
        }

        Assert.Equal(name != "popular", explained > 0);
        Assert.Equal("popular", Assert.Single(shop.Ranker.Explain("stranger", "o01", All).Sources).Name);
    }

    [Fact]
    public void What_is_popular_in_a_customers_area_says_so_and_new_customers_are_in_the_segments_of_the_directory()
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        for (int customer = 0; customer < 40; customer++)
        {
            builder.Add(new Interaction(customer, new ItemId(customer % 2 == 0 ? 1 : 2), InteractionKind.Purchase, Now.AddDays(-1)));
            builder.Add(new Interaction(customer, new ItemId(3 + (customer % 20)), InteractionKind.Purchase, Now.AddDays(-1)));
        }

        var directory = new Segments([.. Enumerable.Range(0, 41).Select(customer => (new UserId(customer), customer % 2 == 0 ? "north" : "south"))]);
        InteractionDataset data = builder.Build(TestContext.Current.CancellationToken);
        PopularityModel popularity = new PopularityTrainer(new PopularityOptions { Segments = ["north", "south"], SegmentPriorStrength = 1 }).Train(data, null, directory, cancellationToken: TestContext.Current.CancellationToken);
        foreach (RecommendationModel model in (RecommendationModel[])[popularity, HybridModel.Of([new("area", popularity), new("knn", new ItemKnnTrainer(new KnnOptions()).Train(data))])])
        {
            using var shop = new TestShop(Catalog, model, directory);
            foreach (int customer in new[] { 6, 7, 40 })
            {
                RankedOffer best = shop.Ranker.Rank(customer, new RankRequest { HidePurchased = false })[0];
                Assert.Equal(customer % 2 == 0 ? "o01" : "o02", best.Offer.Id.ToString());
                Assert.Contains(best.Reasons.All(), reason => reason.Kind == RankReasonKind.PopularInYourArea && reason.Name == (customer % 2 == 0 ? "north" : "south"));
            }

            Assert.DoesNotContain(shop.Ranker.Rank("stranger", All), ranked => ranked.Reasons.All().Any(reason => reason.Kind == RankReasonKind.PopularInYourArea));
        }
    }

    [Fact]
    public void Reasons_stand_only_where_they_speak_for_the_offer()
    {
        InteractionDataset data = Purchases();
        (RecommendationModel Model, RankReasonKind Kind)[] cases =
        [
            (new UserKnnTrainer(new KnnOptions { Neighbours = 3 }).Train(data), RankReasonKind.PeopleLikeYou),
            (new InterestTrainer(new InterestOptions { Groups = InterestGroups.Brands }).Train(data, Items), RankReasonKind.MatchesYourInterest),
            (new EaseTrainer(new EaseOptions()).Train(data), RankReasonKind.BecauseYouBought),
        ];
        foreach ((RecommendationModel model, RankReasonKind kind) in cases)
        {
            using var shop = new TestShop(Catalog, model);
            RankedOffer[] ranked = [.. Enumerable.Range(0, Customers).SelectMany(customer => shop.Ranker.Rank(customer, All))];

            Assert.Contains(ranked, offer => offer.Score > 0 && offer.Reasons.All().Any(reason => reason.Kind == kind && reason.Weight > 0));
            Assert.Contains(ranked, offer => offer.Score <= 0);
            Assert.DoesNotContain(ranked, offer => offer.Score <= 0 && offer.Reasons.All().Any(reason => reason.Kind == kind));
        }
    }

    [Fact]
    public void Members_whose_values_are_alike_but_not_their_items_keep_their_own_data()
    {
        InteractionDataset[] data = [.. Enumerable.Range(0, 2).Select(shift =>
        {
            var builder = new DatasetBuilder();
            for (int customer = 0; customer < 4; customer++)
            {
                // All know the same customers and items; each customer has one item, but not the same in both.
                builder.Add(new Interaction(customer, new ItemId((customer + shift) % 4), InteractionKind.Purchase, default));
            }

            return builder.Build();
        })];
        HybridModel hybrid = HybridModel.Of([new("one", new RepeatTrainer().Train(data[0])) { Weight = Little }, new("two", new RepeatTrainer().Train(data[1]))]);
        using var folder = new Models.TemporaryFolder();
        hybrid.Save(folder.File("hybrid"));
        foreach (RecommendationModel model in (RecommendationModel[])[hybrid, RecommendationModel.Load(folder.File("hybrid"))])
        {
            using var shop = new TestShop(Catalog, model);
            Assert.Equal("o02", shop.Ranker.Rank(1, All)[0].Offer.Id.ToString());
        }
    }

    [Fact]
    public void Beside_what_customers_did_the_stack_names_what_else_speaks_for_an_offer()
    {
        InteractionDataset data = Purchases();
        var schema = StackingSchema.For(["repeat"]);
        double[] weights = new double[schema.ColumnCount];
        weights[schema.Fields.Single(field => field.Name == StackingSchema.Depth).FirstColumn] = 2;
        weights[schema.Fields.Single(field => field.Name == StackingSchema.AimsAtBasket).FirstColumn] = 3;
        var stacker = new LinearModel(schema, LinearLoss.Logistic, weights, 0, new ModelManifest { Version = "s", Algorithm = "linear" });
        CatalogSnapshot catalog = new([.. Catalog.Offers.Select((offer, at) => at % 2 == 0 ? offer with { Terms = OfferTerms.PercentOff(50) } : offer)], Items);
        using var shop = new TestShop(catalog, HybridModel.Stacked([new("repeat", new RepeatTrainer().Train(data))], stacker));

        RankedOffers plain = shop.Ranker.Rank(1, All);
        RankedOffers withBasket = shop.Ranker.Rank(1, new RankRequest { Count = ItemCount, HidePurchased = false, HideRedeemed = false, Context = new RankContext { Basket = [new ItemId(1)] } });

        Assert.Contains(plain, offer => offer.Reasons.All().Contains(new RankReason(RankReasonKind.Signal, default, 1, StackingSchema.Depth)));
        Assert.All(plain, offer => Assert.Equal(offer.Offer.Terms.Form == OfferForm.PercentOff, offer.Reasons.All().Any(reason => reason.Kind == RankReasonKind.Signal)));
        Assert.Contains(new RankReason(RankReasonKind.Signal, default, 3, StackingSchema.AimsAtBasket), withBasket.Single(offer => offer.Offer.Id == "o01").Reasons.All());
    }

    private static FactorModel Als(InteractionDataset data, int factors, ulong seed) => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = factors, Iterations = 3, Seed = seed }).Train(data);

    private static InteractionDataset Purchases() => Data(_ => InteractionKind.Purchase, []);

    private static InteractionDataset Data(Func<SeededRandom, InteractionKind> kind, Dictionary<InteractionKind, double> weights)
    {
        var options = new DatasetOptions { KeepEvents = true };
        foreach ((InteractionKind one, double weight) in weights)
        {
            options.Weights[one] = new InteractionWeight(weight);
        }

        var random = new SeededRandom(11);
        var builder = new DatasetBuilder(options);
        for (int at = 0; at < 260; at++)
        {
            DateTimeOffset time = Now.AddDays(-random.NextInt32(90));
            builder.Add(new Interaction(at % Customers, new ItemId((random.NextInt32(6) * 4) + (at % 4)), kind(random), time));
        }

        return builder.Build();
    }

    /// <summary>Members must know the same customers and items.</summary>
    private static InteractionDataset SameCustomersAndItems(InteractionDataset data, InteractionDataset other)
    {
        Assert.True(data.Users.HasSameIds(other.Users) && data.Items.HasSameIds(other.Items));
        return data;
    }
}

file static class RankReasonsList
{
    public static RankReason[] All(this RankReasons reasons) => [.. Enumerable.Range(0, reasons.Count).Select(at => reasons[at])];
}
