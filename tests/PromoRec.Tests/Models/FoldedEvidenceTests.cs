using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;
using PromoRec.Training.Content;
using PromoRec.Training.CoOccurrence;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Ratings;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Models;

/// <summary>A customer of whom a model was told everything when it was trained, and one of whom it is told the same later, are recommended the same.</summary>
public sealed class FoldedEvidenceTests
{
    private const int Items = 9;
    private const int Users = 12;

    private static readonly Item[] Catalog =
        [.. Enumerable.Range(0, Items).Select(i => new Item { Id = IdOf(i), Categories = [$"c{i % 2}"], Brand = $"b{i % 3}", Text = $"word{i % 4} word{i % 5}" }), new Item { Id = "zz-new", Categories = ["c1"], Brand = "b0", Text = "word1 word3" }];

    /// <summary>What is worked out in the same way for both has the same bits; a vector of ALS is trained with others and folded in alone.</summary>
    private static readonly (string Name, Func<InteractionDataset, RecommendationModel> Train, double Tolerance)[] Families =
    [
        .. Enum.GetValues<KnnSimilarity>().SelectMany(similarity => (bool[])[false, true], (similarity, binary) => ($"item-knn {similarity} {binary}", Train(data => new ItemKnnTrainer(new KnnOptions { Similarity = similarity, BinaryProfile = binary }).Train(data)), 0.0)),
        ("item-knn with itself", data => new ItemKnnTrainer(new KnnOptions { IncludeSelf = true, NormalizeWeights = true, BinaryProfile = true }).Train(data), 0),
        ("ease", data => new EaseTrainer(new EaseOptions { Binary = false }).Train(data), 0),
        ("ease binary", data => new EaseTrainer(new EaseOptions { Binary = true }).Train(data), 0),
        ("co-occurrence", data => new CoOccurrenceTrainer(new CoOccurrenceOptions { MinSupport = 1 }).Train(data), 0),
        ("co-occurrence of values", data => new CoOccurrenceTrainer(new CoOccurrenceOptions { MinSupport = 1, BinaryProfile = false }).Train(data), 0),
        ("repeat", data => new RepeatTrainer().Train(data), 0),
        ("repeat binary", data => new RepeatTrainer(new RepeatOptions { Binary = true }).Train(data), 0),
        ("interest", data => new InterestTrainer().Train(data, Catalog), 0),
        ("content", data => new ContentTrainer().Train(data, Catalog), 0),
        ("popularity", data => new PopularityTrainer(new PopularityOptions { MinSupport = 1 }).Train(data, Catalog), 0),
        ("als", Als, 1e-3),
        ("rating baseline", data => new BaselineTrainer().Train(data), 0),
        ("rating knn of items", data => new RatingKnnTrainer(new RatingKnnOptions { ItemBased = true }).Train(data), 0),
        ("slope one", data => new SlopeOneTrainer().Train(data), 0),
        .. ((HybridFusion[])[HybridFusion.Weighted, HybridFusion.WeightedRoots, HybridFusion.ReciprocalRank]).Select(fusion => ($"hybrid {fusion}", Train(data => Hybrid(data, fusion)), 0.0)),
    ];

    [Fact]
    public void A_trained_customer_and_the_same_one_folded_in_have_the_same_scores()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            InteractionDataset data = Dataset(Shop((ulong)seed));
            foreach ((string name, Func<InteractionDataset, RecommendationModel> train, double tolerance) in Families)
            {
                RecommendationModel model = train(data);
                for (int user = 0; user < data.UserCount; user++)
                {
                    AssertSame($"{name}, customer {user} of shop {seed}", model.Recommend(new UserId(data.Users.IdAt(user)), 20, includeSeen: true), model.Recommend(EvidenceOf(data, user), 20, includeSeen: true), tolerance);
                    if (tolerance == 0)
                    {
                        Assert.Equal(model.Recommend(new UserId(data.Users.IdAt(user)), 20), model.Recommend(EvidenceOf(data, user), 20));
                    }
                }
            }
        }).Holds(cases: 25);
    }

    /// <summary>Somebody who is folded into a model of neighbours that knows them would find themselves there, so it is a model that does not.</summary>
    [Fact]
    public void A_customer_among_neighbours_and_the_same_one_who_comes_later_have_the_same_scores()
    {
        KnnOptions[] all =
        [
            .. Enum.GetValues<KnnSimilarity>().Where(similarity => similarity != KnnSimilarity.AdjustedCosine).SelectMany(similarity => (bool[])[false, true], (similarity, binary) => new KnnOptions { Similarity = similarity, BinaryProfile = binary, Neighbours = 5 }),
            new KnnOptions { Weighting = KnnWeighting.Binary, Shrinkage = 3, MinOverlap = 2 },
            .. ((KnnSimilarity[])[KnnSimilarity.Cosine, KnnSimilarity.Jaccard, KnnSimilarity.DotProduct, KnnSimilarity.Pearson]).Select(similarity => new KnnOptions { Similarity = similarity, IncludeSelf = true, BinaryProfile = similarity == KnnSimilarity.Jaccard, Shrinkage = 2 }),
        ];
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            // Two customers have everything, so that all items stay known whoever is missing.
            Interaction[] shop = [.. Shop((ulong)seed), .. Enumerable.Range(0, 2 * Items).Select(at => new Interaction($"zz{at % 2}", IdOf(at / 2), InteractionKind.Purchase, default) { Value = 1 + (at % 3) })];
            InteractionDataset data = Dataset(shop);
            foreach (KnnOptions options in all)
            {
                RecommendationModel model = new UserKnnTrainer(options).Train(data);
                for (int user = 0; user < data.UserCount; user += 3)
                {
                    UserId id = new(data.Users.IdAt(user));
                    RecommendationModel others = new UserKnnTrainer(options).Train(Dataset(shop.Where(one => one.User != id)));
                    AssertSame($"{options.Similarity}, {options.BinaryProfile}, {options.IncludeSelf}, customer {id} of shop {seed}", model.Recommend(id, 20, includeSeen: true), others.Recommend(EvidenceOf(data, user), 20, includeSeen: true), tolerance: 1e-5);
                }
            }
        }).Holds(cases: 25);
    }

    private static Func<InteractionDataset, RecommendationModel> Train(Func<InteractionDataset, RecommendationModel> train) => train;

    private static FactorModel Als(InteractionDataset data) => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 4, Iterations = 60, Regularization = 1, Solver = AlsSolver.Cholesky }).Train(data);

    /// <summary>Of families whose scores have the same bits: one member knows more items than the others, and all that have a binary profile are there.</summary>
    private static HybridModel Hybrid(InteractionDataset data, HybridFusion fusion) => HybridModel.Of(
        [
            new("knn", new ItemKnnTrainer(new KnnOptions { BinaryProfile = true }).Train(data)),
            new("ease", new EaseTrainer(new EaseOptions { Binary = true }).Train(data)) { Weight = 2 },
            new("repeat", new RepeatTrainer(new RepeatOptions { Binary = true }).Train(data)) { Weight = 0.5 },
            new("taken", new RepeatTrainer().Train(data)) { Weight = 0.25 },
            new("interest", new InterestTrainer().Train(data, Catalog)),
            new("content", new ContentTrainer().Train(data, Catalog)),
            new("popular", new PopularityTrainer(new PopularityOptions { MinSupport = 1 }).Train(data, Catalog)) { Weight = 0.125 },
        ],
        fusion);

    private static void AssertSame(string where, RecommendedItems trained, RecommendedItems folded, double tolerance)
    {
        if (tolerance == 0)
        {
            Assert.True(trained.SequenceEqual(folded), $"{where}: {string.Join(' ', trained)} is not {string.Join(' ', folded)}");
            return;
        }

        // Where sums differ in their last bits, items with equal scores may change places, and no others.
        Dictionary<ItemId, float> scores = folded.ToDictionary(one => one.Item, one => one.Score);
        Assert.True(
            trained.Count == folded.Count && trained.All(one => Math.Abs(one.Score - scores[one.Item]) <= tolerance * (1 + Math.Abs(one.Score))),
            $"{where}: {string.Join(' ', trained)} is not {string.Join(' ', folded)}");
    }

    private static ItemEvidence[] EvidenceOf(InteractionDataset data, int user)
    {
        int[] items = data.ByUser.ColumnsOf(user).ToArray();
        float[] values = data.ByUser.ValuesOf(user).ToArray();
        return [.. items.Select((item, at) => new ItemEvidence(new ItemId(data.Items.IdAt(item)), values[at]))];
    }

    /// <summary>Purchases of up to twenty pieces, and some that were returned: their values are far from one, some below zero.</summary>
    private static List<Interaction> Shop(ulong seed)
    {
        var random = new SeededRandom(seed);
        HashSet<(int, int)> seen = [];
        var list = new List<Interaction>();
        while (list.Count < 45)
        {
            (int user, int item) = (random.NextInt32(Users), random.NextInt32(Items));
            if (seen.Add((user, item)))
            {
                list.Add(new Interaction($"u{user:00}", IdOf(item), InteractionKind.Purchase, new DateTimeOffset(2026, 1, 1 + random.NextInt32(28), 0, 0, 0, TimeSpan.Zero)) { Value = random.NextInt32(8) == 0 ? -2 : 1 + random.NextInt32(20) });
            }
        }

        return list;
    }

    private static InteractionDataset Dataset(IEnumerable<Interaction> events)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        builder.AddRange(events);
        return builder.Build();
    }

    private static ItemId IdOf(int item) => (ItemId)$"i{item}";
}
