using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Tests.Ranking;
using PromoRec.Training.Content;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Models.Hybrid;

public sealed class HybridModelTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Item[] Catalog =
    [
        .. Enumerable.Range(0, 12).Select(i => new Item { Id = $"i{i:00}", Categories = [i % 2 == 0 ? "tea" : "coffee"], Brand = $"b{i % 3}", Text = i % 2 == 0 ? "green leaf tea" : "roast coffee bean" }),
        new Item { Id = "zz-new", Categories = ["tea"], Brand = "b9", Text = "young green leaf" },
    ];

    [Theory]
    [InlineData(HybridFusion.Weighted)]
    [InlineData(HybridFusion.WeightedRoots)]
    [InlineData(HybridFusion.ReciprocalRank)]
    public void A_score_is_the_sum_of_what_its_members_say(HybridFusion fusion)
    {
        HybridModel hybrid = HybridModel.Of(Members(), fusion);
        foreach (int user in Enumerable.Range(0, 8))
        {
            var expected = new Dictionary<ItemId, double>();
            foreach (HybridMember member in hybrid.Members)
            {
                (ItemId Id, float Score)[] scores = [.. Catalog.Select(item => (item.Id, member.Model.Score(user, item.Id) ?? 0))];
                (ItemId Id, float Score)[] order = [.. scores.OrderByDescending(one => one.Score).ThenBy(one => one.Id)];
                float largest = scores.Where(one => !Bought(user).Contains(one.Id)).Max(one => one.Score);
                largest = largest > 0 ? largest : scores.Max(one => one.Score);
                foreach ((ItemId id, float score) in scores)
                {
                    int place = Array.FindIndex(order, one => one.Id == id);
                    double normalised = largest > 0 ? Math.Clamp(score / largest, -1, 1) : 0;
                    double term = fusion switch
                    {
                        HybridFusion.ReciprocalRank => score > 0 ? 1 / (60.0 + place + 1) : 0,
                        HybridFusion.WeightedRoots => Math.Sign(normalised) * Math.Sqrt(Math.Abs(normalised)),
                        _ => normalised,
                    };
                    expected[id] = expected.GetValueOrDefault(id) + (member.Weight * term);
                }
            }

            Assert.All(expected, pair => Assert.Equal(pair.Value, hybrid.Score(user, pair.Key)!.Value, 1e-5));
            Assert.Equal(
                expected.Where(pair => !Bought(user).Contains(pair.Key)).OrderByDescending(pair => Math.Round(pair.Value, 5)).ThenBy(pair => pair.Key).Select(pair => pair.Key).First(),
                hybrid.Recommend(user, 1)[0].Item);
        }
    }

    [Theory]
    [InlineData(HybridFusion.Weighted, "als,knn")]
    [InlineData(HybridFusion.WeightedRoots, "als,knn")]
    [InlineData(HybridFusion.ReciprocalRank, "knn,als")]
    [InlineData(HybridFusion.Weighted, null)]
    public void Evaluation_scores_customers_together_and_gives_the_same_bits(HybridFusion fusion, string? names)
    {
        HybridModel hybrid = HybridModel.Of([.. Members().Where(member => names?.Contains(member.Name, StringComparison.Ordinal) != false)], fusion);
        Assert.True(hybrid.Members.Count > 1);
        ItemScorer scorer = ItemScorer.FromModel(hybrid);
        int[] users = [3, -1, 0, 5, 3];
        var together = new float[users.Length * hybrid.ItemCount];
        together.AsSpan().Fill(float.NaN);
        var alone = new float[hybrid.ItemCount];

        scorer.CreateBlockScorer(capacity: 6).Score(users, together);

        for (int i = 0; i < users.Length; i++)
        {
            if (users[i] < 0)
            {
                scorer.ScoresOfNobody.CopyTo(alone);
            }
            else
            {
                hybrid.ScoreAll(users[i], alone);
            }

            Assert.Equal(alone, together.AsSpan(i * alone.Length, alone.Length).ToArray());
        }
    }

    [Fact]
    public void An_item_that_nobody_bought_is_recommended_for_what_it_is_about_and_an_offer_on_it_is_ranked()
    {
        HybridModel hybrid = HybridModel.Of(Members());

        Assert.True(hybrid.ContainsItem("zz-new"));
        Assert.Contains(hybrid.Recommend(0, 12), item => item.Item == "zz-new" && item.Score > 0);
        Assert.Contains(hybrid.Recommend([new ItemEvidence("i00", 1)], 12), item => item.Item == "zz-new" && item.Score > 0);
        Assert.Contains(hybrid.SimilarItems("zz-new", 5), item => item.Item == "i00");

        using var shop = new TestShop(new CatalogSnapshot([TestShop.OnItems("cold", "zz-new"), TestShop.OnItems("other", "i01")], Catalog), hybrid);
        RankedOffer cold = shop.Ranker.Rank(0, new RankRequest { HidePurchased = false }).Single(ranked => ranked.Offer.Id == "cold");

        Assert.Equal(["content"], cold.Sources.ToArray());
        Assert.True(cold.Score > 0);
        Assert.Equal(RankReasonKind.BecauseYouBought, cold.Reasons[0].Kind);
    }

    [Fact]
    public void Contributions_of_past_items_sum_to_what_members_that_explain_themselves_say()
    {
        HybridModel hybrid = HybridModel.Of([.. Members().Where(member => member.Name is "knn" or "repeat")]);
        foreach (Item item in Catalog.Where(item => hybrid.ContainsItem(item.Id)))
        {
            Assert.Equal(hybrid.Score(1, item.Id)!.Value, hybrid.Explain(1, item.Id)!.Score, 1e-5);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_gives_the_same_model(bool stacked)
    {
        HybridModel hybrid = stacked ? HybridModel.Stacked(Members(), Stacker()) : HybridModel.Of(Members());
        byte[] file = SampleModel.Bytes(hybrid);

        var loaded = (HybridModel)RecommendationModel.Load(file);

        Assert.Equal(file, SampleModel.Bytes(loaded));
        Assert.Equal(hybrid.Manifest.Version, loaded.Manifest.Version);
        Assert.Equal(hybrid.Fusion, loaded.Fusion);
        Assert.Equal(hybrid.Members.Select(member => (member.Name, member.Weight, member.Candidates, member.Model.Manifest.Version)), loaded.Members.Select(member => (member.Name, member.Weight, member.Candidates, member.Model.Manifest.Version)));
        foreach (int user in Enumerable.Range(0, 8))
        {
            Assert.Equal(hybrid.Recommend(user, 20).Select(item => (item.Item, item.Score)), loaded.Recommend(user, 20).Select(item => (item.Item, item.Score)));
            Assert.Equal(hybrid.Explain(user, "i00")!.Contributions, loaded.Explain(user, "i00")!.Contributions);
        }
    }

    [Fact]
    public void A_file_without_interactions_names_none_and_still_ranks_strangers()
    {
        var loaded = (HybridModel)RecommendationModel.Load(SampleModel.Bytes(HybridModel.Of(Members()), includeHistory: false));

        Assert.Equal(0, loaded.History.ByUser.Count);
        Assert.NotEmpty(loaded.Recommend("stranger", 3));
    }

    [Fact]
    public void A_stack_of_other_members_is_refused_and_the_message_says_what_differs()
    {
        PromoRecException fault = Assert.Throws<PromoRecException>(() => HybridModel.Stacked([.. Members().Skip(1)], Stacker()));

        Assert.Equal(PromoRecErrorCode.SchemaMismatch, fault.Code);
        Assert.Contains("score.als", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_stack_of_other_features_is_refused_for_what_differs_and_not_as_damaged()
    {
        byte[] file = SampleModel.Bytes(HybridModel.Stacked(Members(), Stacker()));
        byte[] renamed = ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["member.0.name"] = "sla");

        PromoRecException fault = Assert.ThrowsAny<PromoRecException>(() => RecommendationModel.Load(renamed));

        Assert.Equal(PromoRecErrorCode.SchemaMismatch, fault.Code);
        Assert.Contains("score.als", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_says_which_rungs_serve_and_not_how_well_they_did()
    {
        HybridModel hybrid = HybridModel.Of(Members());
        LadderRung[] all = [new(RankTier.Popularity, "popularity", 0.1, 0, true), new(RankTier.Neighbours, "knn", 0.2, 0.1, true), new(RankTier.Als, "als", 0.3, 0.1, true), new(RankTier.Hybrid, "hybrid", 0.4, 0.1, true)];
        LadderRung[][] ladders =
        [
            [],
            all,
            [.. all.Select(rung => rung with { Serves = rung.Tier == RankTier.Popularity })],
            [.. all[..3], all[3] with { Serves = false }],
            [all[0], all[1] with { Name = "people" }, .. all[2..]],
            [all[0] with { Name = "popular" }, .. all[1..]],
            all[..2],
        ];

        Assert.Equal(ladders.Length, ladders.Select(ladder => hybrid.WithLadder(ladder).Manifest.Version).Distinct().Count());
        Assert.Equal(hybrid.Manifest.Version, hybrid.WithLadder(all).WithLadder([]).Manifest.Version);
        Assert.Equal(hybrid.WithLadder(all).Manifest.Version, hybrid.WithLadder([.. all.Select(rung => rung with { Value = 0.5, Lead = 0.01 })]).Manifest.Version);
        Assert.Equal("Popularity=all Neighbours=knn Als=none Hybrid=all", hybrid.WithLadder([.. all[..2], all[2] with { Serves = false }, all[3]]).Manifest.Options["ladder"]);
        Assert.Equal("Popularity=all", hybrid.WithLadder([all[0] with { Name = "popular", IsOfData = true }]).Manifest.Options["ladder"]);
        Assert.All(ladders, ladder => Assert.Equal(hybrid.WithLadder(ladder).Manifest.Version, RecommendationModel.Load(SampleModel.Bytes(hybrid.WithLadder(ladder))).Manifest.Version));
    }

    [Fact]
    public void A_ladder_that_names_no_member_is_refused_and_so_is_a_file_with_one()
    {
        HybridModel hybrid = HybridModel.Of([.. Members().Where(member => member.Name is not "content" and not "interest")]);
        LadderRung[] ladder = [new(RankTier.Popularity, "popular", 0.1, 0, true), new(RankTier.Als, "als", 0.9, 0.8, true), new(RankTier.Hybrid, "hybrid", 0.1, -0.8, false)];

        string said = Assert.Throws<ArgumentException>(() => hybrid.WithLadder(
            [.. ladder[..1], ladder[1] with { Name = "alss" }, ladder[2] with { Name = "als" }, new(RankTier.Content, "content", 0, 0, true), new(RankTier.Neighbours, "als", 0, 0, true), ladder[2], new(RankTier.Rules, "rules", 0, 0, true)])).Message;

        Assert.Contains("the rung of Als names 'alss', but what it can name is 'als'", said, StringComparison.Ordinal);
        Assert.Contains("the rung of Hybrid names 'als', but what it can name is 'hybrid'", said, StringComparison.Ordinal);
        Assert.Contains("the rung of Content names 'content', but no member is of that kind", said, StringComparison.Ordinal);
        Assert.Contains("the rung of Neighbours names 'als', but what it can name is 'knn', 'people', 'repeat'", said, StringComparison.Ordinal);
        Assert.Contains("the rung 'rules' is of Rules", said, StringComparison.Ordinal);
        Assert.Contains("2 rungs are of Hybrid", said, StringComparison.Ordinal);
        Assert.Contains("one of its rungs is null", Assert.Throws<ArgumentException>(() => hybrid.WithLadder([null!])).Message, StringComparison.Ordinal);
        Assert.Contains("'popularity', 'popular'", Assert.Throws<ArgumentException>(() => hybrid.WithLadder([ladder[0] with { Name = "populr" }])).Message, StringComparison.Ordinal);

        byte[] file = SampleModel.Bytes(hybrid.WithLadder(ladder));
        byte[] mistyped = ModelFileEditor.WithHeader(file, header => header["__metadata__"]!["rung.1"] = header["__metadata__"]!["rung.1"]!.GetValue<string>().Replace(" als ", " alss ", StringComparison.Ordinal));
        Assert.Contains("names 'alss'", Assert.Throws<ArtifactException>(() => RecommendationModel.Load(mistyped)).Message, StringComparison.Ordinal);
        Assert.Equal(ladder, ((HybridModel)RecommendationModel.Load(file)).Ladder);
    }

    [Fact]
    public void A_stack_gives_a_probability_that_grows_with_the_score()
    {
        using var shop = new TestShop(new CatalogSnapshot([.. Catalog.Select(item => TestShop.OnItems(item.Id.ToString(), item.Id))], Catalog), HybridModel.Stacked(Members(), Stacker()));

        RankedOffers ranked = shop.Ranker.Rank(0, new RankRequest { Count = 13, HidePurchased = false });

        Assert.Equal(13, ranked.Count);
        Assert.All(ranked, one => Assert.Equal(1 / (1 + Math.Exp(-one.Score)), one.Probability!.Value, 1e-6));
    }

    private static HashSet<ItemId> Bought(int user) => [.. Enumerable.Range(0, 12).Where(item => Buys(user, item)).Select(item => new ItemId($"i{item:00}"))];

    private static bool Buys(int user, int item) => ((user * 7) + (item * item * 3) + (user * item)) % 5 < 2;

    private static HybridMember[] Members()
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        foreach ((int user, int item) in Enumerable.Range(0, 8).SelectMany(user => Enumerable.Range(0, 12).Where(item => Buys(user, item)).Select(item => (user, item))))
        {
            builder.Add(new Interaction(user, (ItemId)$"i{item:00}", InteractionKind.Purchase, Day.AddHours(item)));
        }

        InteractionDataset dataset = builder.Build();
        return
        [
            new("als", new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 4 }).Train(dataset)) { Weight = 2 },
            new("knn", new ItemKnnTrainer().Train(dataset)) { Candidates = 5 },
            new("people", new UserKnnTrainer().Train(dataset)),
            new("repeat", new RepeatTrainer().Train(dataset)) { Weight = 0.5 },
            new("interest", new InterestTrainer().Train(dataset, Catalog)),
            new("content", new ContentTrainer().Train(dataset, Catalog)),
            new("popular", new PopularityTrainer(new PopularityOptions { HalfLife = null }).Train(dataset)) { Weight = 0.25 },
        ];
    }

    private static LinearModel Stacker()
    {
        FeatureSchema schema = StackingSchema.For([.. Members().Select(member => member.Name)]);
        return new LinearModel(schema, LinearLoss.Logistic, [.. Enumerable.Range(0, schema.ColumnCount).Select(column => (column % 4) * 0.3)], -2, new ModelManifest { Version = "stack", Algorithm = "linear" });
    }
}
