using System.Globalization;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Models.Popularity;
using PromoRec.Models.Ratings;

namespace PromoRec.Models.Artifacts;

/// <summary>The text entries of a model file: where the model comes from, and the few numbers that are no tensors.</summary>
/// <remarks>Numbers are invariant text that reads back to the same bits.</remarks>
internal static class ModelMetadata
{
    private const string Version = "model.version";
    private const string Algorithm = "model.algorithm";
    private const string Seed = "model.seed";
    private const string DataFingerprint = "model.data_fingerprint";
    private const string Factors = "model.factors";
    private const string OptionPrefix = "option.";
    private const string MetricPrefix = "metric.";
    private const string Regularization = "objective.regularization";
    private const string RegularizationExponent = "objective.regularization_exponent";
    private const string Alpha = "objective.alpha";
    private const string AddOneToConfidence = "objective.add_one_to_confidence";
    private const string UnobservedWeight = "objective.unobserved_weight";
    private const string UnobservedOverRest = "objective.unobserved_over_rest";
    private const string BinaryProfile = "profile.binary";
    private const string ListsWhatFollows = "weights.lists_what_follows";
    private const string Similarity = "knn.similarity";
    private const string Weighting = "knn.weighting";
    private const string Bm25Saturation = "knn.bm25_saturation";
    private const string Bm25LengthWeight = "knn.bm25_length_weight";
    private const string Shrinkage = "knn.shrinkage";
    private const string MinOverlap = "knn.min_overlap";
    private const string NeighbourCount = "knn.neighbours";

    public static SortedDictionary<string, string> Of(RecommendationModel model)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelFormat.VersionKey] = ModelFormat.CurrentVersion.ToString(CultureInfo.InvariantCulture),
        };
        AddFamily(entries, model);
        AddManifest(entries, model.Manifest);
        return entries;
    }

    public static void AddManifest(SortedDictionary<string, string> entries, ModelManifest manifest)
    {
        entries[Version] = manifest.Version;
        entries[Algorithm] = manifest.Algorithm;
        entries[Seed] = manifest.Seed.ToString(CultureInfo.InvariantCulture);
        entries[DataFingerprint] = manifest.DataFingerprint;
        foreach ((string name, string value) in manifest.Options)
        {
            entries[OptionPrefix + name] = value;
        }

        foreach ((string name, double value) in manifest.Metrics)
        {
            entries[MetricPrefix + name] = Text(value);
        }
    }

    public static ModelManifest ReadManifest(ArtifactBytes bytes, TensorFile file)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string key, string value) in file.Metadata)
        {
            if (key.StartsWith(OptionPrefix, StringComparison.Ordinal))
            {
                options.Add(key[OptionPrefix.Length..], value);
            }
            else if (key.StartsWith(MetricPrefix, StringComparison.Ordinal))
            {
                metrics.Add(key[MetricPrefix.Length..], Number(bytes, file, key));
            }
        }

        return new ModelManifest
        {
            Version = Required(bytes, file, Version),
            Algorithm = Required(bytes, file, Algorithm),
            Seed = ulong.TryParse(Required(bytes, file, Seed), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Malformed(bytes, Seed, "a whole number from 0 to 2^64 - 1"),
            DataFingerprint = Required(bytes, file, DataFingerprint),
            Options = options,
            Metrics = metrics,
        };
    }

    public static ImplicitObjective ReadObjective(ArtifactBytes bytes, TensorFile file) => new(
        NotNegative(bytes, file, Regularization),
        NotNegative(bytes, file, RegularizationExponent),
        NotNegative(bytes, file, Alpha),
        Flag(bytes, file, AddOneToConfidence),
        NotNegative(bytes, file, UnobservedWeight),
        Flag(bytes, file, UnobservedOverRest));

    public static bool ReadBinaryProfile(ArtifactBytes bytes, TensorFile file) => Flag(bytes, file, BinaryProfile);

    public static bool ReadListsWhatFollows(ArtifactBytes bytes, TensorFile file) => file.Metadata.ContainsKey(ListsWhatFollows) && Flag(bytes, file, ListsWhatFollows);

    public static KnnRules ReadRules(ArtifactBytes bytes, TensorFile file) => new(
        KnnWords.Similarities.TryFind(Required(bytes, file, Similarity), out KnnSimilarity similarity) ? similarity : throw Malformed(bytes, Similarity, "a similarity that this version knows"),
        KnnWords.Weightings.TryFind(Required(bytes, file, Weighting), out KnnWeighting weighting) ? weighting : throw Malformed(bytes, Weighting, "a weighting that this version knows"),
        NotNegative(bytes, file, Bm25Saturation),
        NotNegative(bytes, file, Bm25LengthWeight) is var length and <= 1 ? length : throw Malformed(bytes, Bm25LengthWeight, "a number from 0 to 1"),
        NotNegative(bytes, file, Shrinkage),
        Whole(bytes, file, MinOverlap));

    public static int ReadNeighbourCount(ArtifactBytes bytes, TensorFile file) => Whole(bytes, file, NeighbourCount);

    private static void AddFamily(SortedDictionary<string, string> entries, RecommendationModel model)
    {
        switch (model)
        {
            case FactorModel factors:
                entries[ModelFormat.FormatKey] = ModelFormat.FactorFormat;
                AddFactors(entries, factors.Factors);
                AddObjective(entries, factors);
                break;
            case ItemItemModel items:
                entries[ModelFormat.FormatKey] = ModelFormat.ItemItemFormat;
                entries[BinaryProfile] = Text(items.HasBinaryProfile);
                if (items.ListsWhatFollows)
                {
                    // Models of neighbours never had it, and keep their bytes.
                    entries[ListsWhatFollows] = Text(true);
                }

                break;
            case UserKnnModel users:
                entries[ModelFormat.FormatKey] = ModelFormat.UserKnnFormat;
                entries[BinaryProfile] = Text(users.HasBinaryProfile);
                AddRules(entries, users);
                break;
            case RatingModel ratings:
                RatingMetadata.Add(entries, ratings);
                break;
            case PopularityModel:
                entries[ModelFormat.FormatKey] = ModelFormat.PopularityFormat;
                break;
            case ContentModel content:
                entries[ModelFormat.FormatKey] = ModelFormat.ContentFormat;
                ContentFile.AddMetadata(entries, content);
                break;
            case InterestModel:
                entries[ModelFormat.FormatKey] = ModelFormat.InterestFormat;
                break;
            case HybridModel hybrid:
                entries[ModelFormat.FormatKey] = ModelFormat.HybridFormat;
                HybridFile.AddMetadata(entries, hybrid);
                break;
            default:
                throw new NotSupportedException($"A {model.GetType().Name} cannot be saved.");
        }
    }

    public static void AddFactors(SortedDictionary<string, string> entries, int factors) => entries[Factors] = Text(factors);

    private static void AddObjective(SortedDictionary<string, string> entries, FactorModel model)
    {
        ImplicitObjective objective = model.Objective;
        entries[Regularization] = Text(objective.Regularization);
        entries[RegularizationExponent] = Text(objective.RegularizationExponent);
        entries[Alpha] = Text(objective.Alpha);
        entries[AddOneToConfidence] = Text(objective.AddOneToConfidence);
        entries[UnobservedWeight] = Text(objective.UnobservedWeight);
        entries[UnobservedOverRest] = Text(objective.UnobservedOverRest);
    }

    private static void AddRules(SortedDictionary<string, string> entries, UserKnnModel model)
    {
        KnnRules rules = model.Rules;
        entries[Similarity] = KnnWords.Similarities.Of(rules.Similarity);
        entries[Weighting] = KnnWords.Weightings.Of(rules.Weighting);
        entries[Bm25Saturation] = Text(rules.Bm25Saturation);
        entries[Bm25LengthWeight] = Text(rules.Bm25LengthWeight);
        entries[Shrinkage] = Text(rules.Shrinkage);
        entries[MinOverlap] = rules.MinOverlap.ToString(CultureInfo.InvariantCulture);
        entries[NeighbourCount] = model.NeighbourCount.ToString(CultureInfo.InvariantCulture);
    }

    public static int Whole(ArtifactBytes bytes, TensorFile file, string key) =>
        int.TryParse(Required(bytes, file, key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 ? number : throw Malformed(bytes, key, "a whole number, 1 or above");

    public static int ReadFactors(ArtifactBytes bytes, TensorFile file) =>
        int.TryParse(Required(bytes, file, Factors), NumberStyles.None, CultureInfo.InvariantCulture, out int factors) && factors is >= 1 and <= ModelFormat.MaxFactors
            ? factors
            : throw Malformed(bytes, Factors, $"a whole number from 1 to {ModelFormat.MaxFactors}");

    public static string Required(ArtifactBytes bytes, TensorFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? value) ? value : throw bytes.Fault(TensorFile.PrefixLength, $"the metadata lack {key}", "it in the metadata of every model");

    public static double Number(ArtifactBytes bytes, TensorFile file, string key) =>
        double.TryParse(Required(bytes, file, key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Malformed(bytes, key, "a number");

    public static double NotNegative(ArtifactBytes bytes, TensorFile file, string key)
    {
        double number = Number(bytes, file, key);
        return double.IsFinite(number) && number >= 0 ? number : throw Malformed(bytes, key, "a finite number, 0 or above");
    }

    public static bool Flag(ArtifactBytes bytes, TensorFile file, string key) => Required(bytes, file, key) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Malformed(bytes, key, "true or false"),
    };

    public static ArtifactException Malformed(ArtifactBytes bytes, string key, string expected) =>
        bytes.Fault(TensorFile.PrefixLength, $"the metadata {key[..Math.Min(key.Length, 60)]} cannot be read", expected);

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(bool value) => value ? "true" : "false";
}
