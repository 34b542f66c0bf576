using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Artifacts;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Models.Linear;
using PromoRec.Models.Popularity;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;
using PromoRec.Tests.Datasets.Features;

namespace PromoRec.Tests.Models;

/// <summary>A small model with everything in it: ids of any script, rows without entries, negative values, options and metrics.</summary>
internal static class SampleModel
{
    public static readonly string[] UserIds = ["-1", "10", "9", "käufer", "顾客", "😀", "\uFF5E"];

    public static FactorModel Create(int factors = 3, string[]? users = null, int items = 9, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        IdIndex userIds = Index(users ?? UserIds);
        IdIndex itemIds = Index([.. Enumerable.Range(0, items).Select(item => $"item-{item}")]);
        IdIndex offerIds = Index(["coupon-1", "coupon-2", "券"]);
        FactorMatrix userFactors = Factors(userIds.Count, factors, ref random);
        FactorMatrix itemFactors = Factors(itemIds.Count, factors, ref random);
        var history = new InteractionHistory(
            Sparse(userIds.Count, items, binary: false, ref random),
            Sparse(userIds.Count, items, binary: true, ref random),
            offerIds,
            Sparse(userIds.Count, offerIds.Count, binary: true, ref random),
            Enumerable.Range(0, items).Select(item => (float)item).ToArray());
        history = history with { LastDays = Enumerable.Range(0, history.ByUser.Count).Select(at => at % 3 == 0 ? 0 : 738_000 + at).ToArray() };
        var manifest = new ModelManifest
        {
            Version = "a1b2c3",
            Algorithm = "implicit-als",
            Seed = ulong.MaxValue,
            DataFingerprint = new string('f', 64),
            Options = new Dictionary<string, string> { ["Regularization"] = "0.01", ["Bemerkung \"ß\""] = "\u0001\n😀" },
            Metrics = new Dictionary<string, double> { ["loss"] = 0.1 + 0.2, ["hr@10"] = 1e-300, ["undefined"] = double.NaN },
        };
        return new FactorModel(userIds, itemIds, userFactors, itemFactors, new ImplicitObjective(0.01, 1, 1 / 3.0, true, 0.1, false), history, manifest);
    }

    /// <summary>Models of all other families over the same customers, items and history.</summary>
    public static RecommendationModel[] Neighbours()
    {
        FactorModel model = Create();
        var random = new SeededRandom(2);
        KnnRules rules = new(KnnSimilarity.Cosine, KnnWeighting.Bm25, 1.2, 0.75, 3, 1);
        return
        [
            new ItemItemModel(model.Users, model.Items, Sparse(9, 9, binary: false, ref random), true, model.History, model.Manifest with { Algorithm = "item-knn" }),
            new UserKnnModel(model.Users, model.Items, Sparse(model.UserCount, model.UserCount, binary: false, ref random), false, rules, 5, model.History, model.Manifest with { Algorithm = "user-knn" }),
            new PopularityModel(
                model.Users,
                model.Items,
                new PopularityTables(Index(["new", "vip", "会员"]), Sparse(model.UserCount, 3, binary: true, ref random), Index(["tea"]), Sparse(9, 1, binary: true, ref random), Enumerable.Range(0, 4 * 9).Select(n => n / 7f).ToArray()),
                model.History,
                model.Manifest with { Algorithm = "popularity" }),
            new InterestModel(model.Users, model.Items, Index(["brand:b", "category:tea"]), Sparse(9, 2, binary: true, ref random), Sparse(2, 9, binary: true, ref random), model.History, model.Manifest with { Algorithm = "interest" }),
            new ContentModel(
                model.Users,
                model.Items,
                Sparse(9, 5, binary: false, ref random),
                new ContentVocabulary(Index(["text:a", "text:茶", "brand:b", "number:price -", "number:price +"]), new float[] { 1, 2, 1.5f, 1, 1 }, Index(["price"]), new float[] { 3 }, new float[] { 0.5f }),
                new ContentRules("unicode-1", true, [1, 0, 0.5, 1, 0.25, 1], 0),
                new UnicodeTokenizer(),
                model.History,
                model.Manifest with { Algorithm = "content" }),
        ];
    }

    /// <summary>All of these together, and factors.</summary>
    public static HybridModel Hybrid() => HybridModel.Of([.. Neighbours().Prepend(Create()).Select((model, at) => new HybridMember($"m{at}", model) { Weight = at + 0.5 })]);

    /// <summary>Models of ratings over the same customers, items and history, one of each family and form.</summary>
    public static RatingModel[] Ratings()
    {
        FactorModel model = Create();
        (IdIndex users, IdIndex items, InteractionHistory history) = (model.Users, model.Items, model.History);
        var random = new SeededRandom(3);
        RatingScale scale = new(-3, 4.5f, 0.1 + 0.2);
        RatingBiases biases = new(scale.Mean, Numbers(users.Count, ref random), Numbers(items.Count, ref random));
        RatingKnnRules byItems = new(RatingCentering.Baseline, RatingSimilarity.PearsonBaseline, true, 5, 1, 1, 1 / 3.0, 2_000, 15);
        RatingKnnRules byUsers = new(RatingCentering.Mean, RatingSimilarity.Cosine, false, 5, 1, 1, 100, 2_000, double.PositiveInfinity);
        BiasedFactors factors = new(biases, model.UserFactors, model.ItemFactors);
        GradientDescent steps = new(20, 0.005, 0.02);
        ModelManifest Of(string algorithm) => model.Manifest with { Algorithm = algorithm };
        return
        [
            new BaselineModel(users, items, scale, biases, 0.1 + 0.7, history, Of("baseline")),
            new RatingKnnModel(users, items, scale, byItems, biases, Similarities(items.Count, ref random), history, Of("rating-knn")),
            new RatingKnnModel(users, items, scale, byUsers, null, Similarities(users.Count, ref random), history, Of("rating-knn")),
            new SlopeOneModel(users, items, scale, Sparse(items.Count, items.Count, binary: false, ref random), history, Of("slope-one")),
            new SvdModel(users, items, scale, factors, steps, history, Of("svd")),
            new SvdPlusPlusModel(users, items, scale, factors, Factors(items.Count, model.Factors, ref random), steps, history, Of("svdpp")),
        ];
    }

    /// <summary>None, and one of each kind.</summary>
    public static ProbabilityCalibrator?[] Calibrators { get; } = [null, new PlattCalibrator(1.0 / 3, -0.1), new IsotonicCalibrator([-1, 0.1, 2], [0.1, 0.2, 1])];

    /// <summary>A linear model over features of every kind.</summary>
    public static LinearModel Linear(ProbabilityCalibrator? calibrator)
    {
        FeatureSchema schema = FeatureSchemaTests.Shop();
        var random = new SeededRandom(3);
        double[] weights = [.. Enumerable.Range(0, schema.ColumnCount).Select(_ => random.NextGaussian())];
        return new LinearModel(schema, LinearLoss.Logistic, weights, 0.25, Create().Manifest with { Algorithm = "linear" }, calibrator);
    }

    public static byte[] Bytes(LinearModel model)
    {
        using var stream = new MemoryStream();
        LinearModelFormat.Write(model, stream, CancellationToken.None);
        return stream.ToArray();
    }

    public static byte[] Bytes(RecommendationModel model, bool includeHistory = true)
    {
        using var stream = new MemoryStream();
        ModelWriter.Write(model, stream, new ModelSaveOptions { IncludeHistory = includeHistory }, CancellationToken.None);
        return stream.ToArray();
    }

    /// <summary>The model as format version 1 wrote it.</summary>
    public static byte[] FirstVersionBytes(FactorModel model)
    {
        SortedDictionary<string, string> metadata = ModelMetadata.Of(model);
        metadata[ModelFormat.VersionKey] = "1";
        List<TensorData> tensors = ModelWriter.TensorsOf(model, includeHistory: true);
        tensors.RemoveAll(tensor => tensor.Name == ModelFormat.ItemPopularity || tensor.Name.StartsWith(ModelFormat.ConsumedItems, StringComparison.Ordinal));
        using var stream = new MemoryStream();
        TensorFileWriter.Write(stream, metadata, tensors, CancellationToken.None);
        return stream.ToArray();
    }

    public static IdIndex Index(string[] ids)
    {
        IdValue[] values = [.. ids.Select(id => new IdValue(id, nameof(ids)))];
        Array.Sort(values);
        return IdIndex.FromSorted(values);
    }

    public static FactorMatrix Factors(int rows, int factors, ref SeededRandom random)
    {
        var matrix = FactorMatrix.Create(rows, factors);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float factor in matrix.Row(row)[..factors])
            {
                factor = (float)random.NextGaussian();
            }
        }

        return matrix;
    }

    private static double[] Numbers(int count, ref SeededRandom random)
    {
        var numbers = new double[count];
        foreach (ref double number in numbers.AsSpan())
        {
            number = random.NextGaussian();
        }

        return numbers;
    }

    private static CsrMatrix Similarities(int rows, ref SeededRandom random)
    {
        CsrMatrix any = Sparse(rows, rows, binary: false, ref random);
        return new CsrMatrix(rows, any.Offsets.ToArray(), any.AllColumns.ToArray(), Array.ConvertAll(any.AllValues.ToArray(), Math.Abs));
    }

    private static CsrMatrix Sparse(int rows, int columns, bool binary, ref SeededRandom random)
    {
        var offsets = new long[rows + 1];
        var kept = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                // Every third row has no entries.
                if (row % 3 != 1 && random.NextInt32(3) == 0)
                {
                    kept.Add(column);
                    values.Add(binary ? 1 : (float)random.NextGaussian());
                }
            }

            offsets[row + 1] = kept.Count;
        }

        return new CsrMatrix(columns, offsets, kept.ToArray(), values.ToArray());
    }
}
