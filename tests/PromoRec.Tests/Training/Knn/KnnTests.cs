using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Knn;
using PromoRec.Training;
using PromoRec.Training.Knn;

namespace PromoRec.Tests.Training.Knn;

public sealed class KnnTests
{
    public static TheoryData<KnnSimilarity, KnnWeighting, double, int, bool, bool> Rules
    {
        get
        {
            TheoryData<KnnSimilarity, KnnWeighting, double, int, bool, bool> rules = [];
            foreach (KnnSimilarity similarity in Enum.GetValues<KnnSimilarity>())
            {
                rules.Add(similarity, KnnWeighting.None, 0, 1, false, false);
                rules.Add(similarity, KnnWeighting.None, 3, 3, true, true);
            }

            foreach (KnnWeighting weighting in (KnnWeighting[])[KnnWeighting.Binary, KnnWeighting.TfIdf, KnnWeighting.Bm25])
            {
                rules.Add(KnnSimilarity.Cosine, weighting, 0, 1, false, false);
                rules.Add(KnnSimilarity.DotProduct, weighting, 2, 2, false, true);
            }

            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Item_neighbours_and_scores_are_those_of_the_formulas(KnnSimilarity similarity, KnnWeighting weighting, double shrinkage, int minOverlap, bool includeSelf, bool normalize)
    {
        double[,] values = AlsData.Random(40, 30, seed: 5);
        KnnOptions options = Options(similarity, weighting, shrinkage, minOverlap, includeSelf, normalize);
        ItemItemModel model = new ItemKnnTrainer(options).Train(AlsData.Dataset(values));
        double[,] byItem = Transposed(values);

        for (int item = 0; item < 30; item++)
        {
            List<(int Row, double Similarity)> expected = DenseKnn.Neighbours(byItem, item, options);
            IReadOnlyList<ScoredItem> found = model.SimilarItems(IdOf(model, item), 30);
            Assert.Equal(
                expected.Where(each => each.Row != item).Select(each => each.Row).Order(),
                found.Select(each => RowOf(model, each.Item)).Order());
            Assert.All(found, each => Assert.Equal(expected.Single(one => one.Row == RowOf(model, each.Item)).Similarity, each.Score, 1e-5));
            for (int user = 0; user < 40; user++)
            {
                double score = expected.Sum(each => values[user, each.Row] * each.Similarity);
                Assert.Equal(score, model.ScoreOf(user, item), 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void User_neighbours_and_scores_are_those_of_the_formulas_also_for_a_customer_who_is_new(
        KnnSimilarity similarity, KnnWeighting weighting, double shrinkage, int minOverlap, bool includeSelf, bool normalize)
    {
        double[,] values = AlsData.Random(40, 30, seed: 6);
        KnnOptions options = Options(similarity, weighting, shrinkage, minOverlap, includeSelf, normalize);
        InteractionDataset dataset = AlsData.Dataset(values);
        UserKnnModel model = new UserKnnTrainer(options).Train(dataset);

        for (int user = 0; user < 40; user++)
        {
            List<(int Row, double Similarity)> expected = DenseKnn.Neighbours(values, user, options);
            for (int item = 0; item < 30; item++)
            {
                Assert.Equal(expected.Sum(each => values[each.Row, item] * each.Similarity), model.ScoreOf(user, item), 1e-4);
            }
        }

        // A new customer with the history of a known one is their own nearest neighbour, as with IncludeSelf.
        if (includeSelf && !normalize)
        {
            ItemEvidence[] evidence = [.. Enumerable.Range(0, 30).Where(item => values[3, item] != 0).Select(item => new ItemEvidence(IdOf(model, item), (float)values[3, item]))];
            RecommendedItems folded = model.Recommend(evidence, 30, includeSeen: true);
            RecommendedItems known = model.Recommend(new UserId(model.Users.IdAt(3)), 30, includeSeen: true);
            Assert.Equal(known.Select(each => each.Item), folded.Select(each => each.Item));
        }
    }

    [Fact]
    public void All_items_have_the_same_bits_as_each_alone_and_any_number_of_threads_gives_the_same_model()
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(70, 90, seed: 7));
        RecommendationModel[] models =
        [
            .. new[] { 1, 2, 7 }.Select(threads => new ItemKnnTrainer(new KnnOptions { Threads = threads }).Train(dataset)),
            .. new[] { 1, 2, 7 }.Select(threads => (RecommendationModel)new UserKnnTrainer(new KnnOptions { Threads = threads }).Train(dataset)),
        ];
        float[] scores = new float[90];
        float[][] first = new float[2][];
        for (int m = 0; m < models.Length; m++)
        {
            List<float> all = [];
            for (int user = 0; user < 70; user++)
            {
                models[m].ScoreAll(user, scores);
                Assert.All(Enumerable.Range(0, 90), item => Assert.Equal(scores[item], models[m].ScoreOf(user, item)));
                all.AddRange(scores);
            }

            first[m / 3] ??= [.. all];
            Assert.Equal(first[m / 3], all);
            Assert.Equal(models[m / 3 * 3].Manifest.Version, models[m].Manifest.Version);
        }
    }

    [Fact]
    public void A_new_customer_is_scored_by_what_they_have_and_an_explanation_adds_up_to_the_score()
    {
        double[,] values = AlsData.Random(40, 30, seed: 8);
        ItemItemModel model = new ItemKnnTrainer().Train(AlsData.Dataset(values));
        ItemEvidence[] evidence = [.. Enumerable.Range(0, 30).Where(item => values[3, item] != 0).Select(item => new ItemEvidence(IdOf(model, item), (float)values[3, item]))];
        UserId user = new(model.Users.IdAt(3));

        RecommendedItems folded = model.Recommend([.. evidence, new ItemEvidence("never seen", 1)], 5);
        RecommendedItems known = model.Recommend(user, 5);

        Assert.Equal(known, folded);
        Assert.Equal(RankTier.Neighbours, folded.Tier);
        Assert.DoesNotContain(folded, each => evidence.Any(one => one.Item == each.Item));
        ScoreExplanation why = model.Explain(user, known[0].Item)!;
        Assert.Equal(known[0].Score, why.Score, 1e-5);
        Assert.All(why.Contributions, each => Assert.Contains(evidence, one => one.Item == each.Item));
        Assert.Equal(why.Contributions.OrderByDescending(each => each.Contribution).Select(each => each.Item), why.Contributions.Select(each => each.Item));
    }

    [Fact]
    public void What_neighbours_add_is_shared_out_among_the_items_that_both_have()
    {
        double[,] values = AlsData.Random(40, 30, seed: 10);
        UserKnnModel model = new UserKnnTrainer().Train(AlsData.Dataset(values));
        for (int user = 0; user < 40; user++)
        {
            UserId id = new(model.Users.IdAt(user));
            foreach (ScoredItem item in model.Recommend(id, 3))
            {
                ScoreExplanation why = model.Explain(id, item.Item)!;
                Assert.Equal(item.Score, why.Score, 1e-4);
                Assert.All(why.Contributions, each => Assert.NotEqual(0, values[user, RowOf(model, each.Item)]));
            }
        }

        Assert.Null(model.Explain("nobody", IdOf(model, 0)));
    }

    [Fact]
    public void Whoever_is_unknown_gets_what_is_popular_and_what_is_unknown_is_like_nothing()
    {
        RecommendationModel model = new ItemKnnTrainer().Train(AlsData.Dataset(AlsData.Random(40, 30, seed: 9)));

        RecommendedItems unknown = model.Recommend("nobody", 3);
        Assert.Equal(RankTier.Popularity, unknown.Tier);
        Assert.Equal(unknown, model.Recommend([new ItemEvidence("nothing", 1)], 3));
        Assert.Equal(unknown.OrderByDescending(each => each.Score), unknown);
        Assert.Empty(model.SimilarItems("nothing", 3));
        Assert.Null(model.Score("nobody", unknown[0].Item));
    }

    [Theory]
    [InlineData(KnnSimilarity.Cosine)]
    [InlineData(KnnSimilarity.Pearson)]
    [InlineData(KnnSimilarity.AdjustedCosine)]
    public void Rows_that_do_not_vary_or_have_nothing_in_common_have_no_neighbours_and_no_NaN(KnnSimilarity similarity)
    {
        double[,] values = new double[6, 4];
        (values[0, 0], values[1, 0], values[2, 1], values[3, 1], values[4, 2], values[5, 2]) = (3, 3, 3, 3, 3, 3);
        InteractionDataset dataset = AlsData.Dataset(values);
        foreach (RecommendationModel model in (RecommendationModel[])[new ItemKnnTrainer(new KnnOptions { Similarity = similarity }).Train(dataset), new UserKnnTrainer(new KnnOptions { Similarity = similarity }).Train(dataset)])
        {
            float[] scores = new float[4];
            for (int user = 0; user < 6; user++)
            {
                model.ScoreAll(user, scores);
                Assert.All(scores, score => Assert.True(float.IsFinite(score)));
            }
        }
    }

    [Fact]
    public void Values_that_are_too_large_are_refused_and_not_scored()
    {
        ItemItemModel model = new ItemKnnTrainer(new KnnOptions { Similarity = KnnSimilarity.DotProduct }).Train(AlsData.Dataset(AlsData.Random(20, 10, seed: 3)));

        ArgumentException fault = Assert.Throws<ArgumentException>(() => model.Recommend([new ItemEvidence(IdOf(model, 0), float.MaxValue), new ItemEvidence(IdOf(model, 1), float.MaxValue)], 3));

        Assert.Equal("evidence", fault.ParamName);
        Assert.Throws<ArgumentException>(() => model.Recommend([new ItemEvidence(IdOf(model, 0), float.NaN)], 3));
    }

    [Fact]
    public void Every_option_that_is_out_of_range_is_named()
    {
        KnnOptions options = new() { Neighbours = 0, Similarity = (KnnSimilarity)9, Weighting = (KnnWeighting)9, Bm25Saturation = -1, Bm25LengthWeight = 2, Shrinkage = double.NaN, MinOverlap = 0, Threads = -1 };

        string message = Assert.Throws<ArgumentException>(() => new ItemKnnTrainer(options)).Message;

        Assert.All(typeof(KnnOptions).GetProperties().Where(property => property.PropertyType != typeof(bool)), property => Assert.Contains($"{property.Name} must be", message, StringComparison.Ordinal));
        Assert.Contains("Weighting must be None with Jaccard", Assert.Throws<ArgumentException>(() => new UserKnnTrainer(new KnnOptions { Similarity = KnnSimilarity.Jaccard, Weighting = KnnWeighting.Bm25 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_how_far_it_is_and_can_be_cancelled()
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(20, 700, seed: 2));
        List<TrainingProgress> told = [];
        new ItemKnnTrainer(new KnnOptions { Threads = 1 }).Train(dataset, new Told(told));

        Assert.Equal(Enumerable.Range(1, 10), told.Select(each => each.Iteration));
        Assert.All(told, each => Assert.Equal(10, each.Iterations));
        Assert.Throws<OperationCanceledException>(() => new UserKnnTrainer().Train(dataset, cancellationToken: new CancellationToken(true)));
    }

    private static KnnOptions Options(KnnSimilarity similarity, KnnWeighting weighting, double shrinkage, int minOverlap, bool includeSelf, bool normalize) => new()
    {
        Neighbours = 7,
        Similarity = similarity,
        Weighting = weighting,
        Shrinkage = shrinkage,
        MinOverlap = minOverlap,
        IncludeSelf = includeSelf,
        NormalizeWeights = normalize,
    };

    private static double[,] Transposed(double[,] values)
    {
        double[,] transposed = new double[values.GetLength(1), values.GetLength(0)];
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1); column++)
            {
                transposed[column, row] = values[row, column];
            }
        }

        return transposed;
    }

    private static ItemId IdOf(RecommendationModel model, int row) => new(model.Items.IdAt(row));

    private static int RowOf(RecommendationModel model, ItemId item) => model.Items.TryGetRow(item.Value, out int row) ? row : -1;

    private sealed class Told(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
