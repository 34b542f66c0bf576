using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>Builds models of ratings over the bytes of a file. All that predictions are computed with is checked so far that none can be NaN.</summary>
internal static class RatingReader
{
    /// <summary>Reads the metadata of a file of one of the five formats, and says how its tensors become a model.</summary>
    public static Func<TensorSource, ModelParts, RecommendationModel> FamilyOf(ArtifactBytes bytes, TensorFile file)
    {
        RatingScale scale = RatingMetadata.ReadScale(bytes, file);
        switch (ModelFormat.FormatOf(file))
        {
            case ModelFormat.BaselineFormat:
                double userRegularization = RatingMetadata.ReadUserRegularization(bytes, file);
                return (tensors, parts) => new BaselineModel(
                    parts.Users, parts.Items, scale, ReadBiases(tensors, parts, scale, RatingBiases.Limit), userRegularization, parts.History, parts.Manifest);
            case ModelFormat.RatingKnnFormat:
                RatingKnnRules rules = RatingMetadata.ReadRules(bytes, file);
                return (tensors, parts) => new RatingKnnModel(
                    parts.Users, parts.Items, scale, rules, rules.UsesBaselines ? ReadBiases(tensors, parts, scale, RatingBiases.Limit) : null, ReadSimilarities(tensors, parts, rules), parts.History, parts.Manifest);
            case ModelFormat.SlopeOneFormat:
                return (tensors, parts) => new SlopeOneModel(
                    parts.Users, parts.Items, scale, ModelReader.ReadMatrix(tensors, ModelFormat.Deviations, parts.Items.Count, parts.Items.Count, withValues: true, verify: true), parts.History, parts.Manifest);
            case ModelFormat.SvdFormat:
                (int factors, GradientDescent steps) = (ModelMetadata.ReadFactors(bytes, file), RatingMetadata.ReadSteps(bytes, file));
                return (tensors, parts) => new SvdModel(parts.Users, parts.Items, scale, ReadFactors(tensors, parts, scale, factors), steps, parts.History, parts.Manifest);
            default:
                (int length, GradientDescent descent) = (ModelMetadata.ReadFactors(bytes, file), RatingMetadata.ReadSteps(bytes, file));
                return (tensors, parts) => new SvdPlusPlusModel(
                    parts.Users,
                    parts.Items,
                    scale,
                    ReadFactors(tensors, parts, scale, length),
                    ReadFactors(tensors, ModelFormat.ItemImplicitFactors, parts.Items.Count, length),
                    descent,
                    parts.History,
                    parts.Manifest);
        }
    }

    private static RatingBiases ReadBiases(TensorSource tensors, ModelParts parts, RatingScale scale, double limit) =>
        new(scale.Mean, ReadBiases(tensors, ModelFormat.UserBiases, parts.Users.Count, limit), ReadBiases(tensors, ModelFormat.ItemBiases, parts.Items.Count, limit));

    /// <summary>Biases are copied: they are few, and what is trained has them in arrays.</summary>
    private static double[] ReadBiases(TensorSource tensors, string name, int rows, double limit)
    {
        double[] biases = tensors.Vector<double>(name, rows, out TensorEntry entry).ToArray();
        ContentChecks.Bounded<double>(tensors.Bytes, entry, biases, limit);
        return biases;
    }

    private static BiasedFactors ReadFactors(TensorSource tensors, ModelParts parts, RatingScale scale, int factors) => new(
        ReadBiases(tensors, parts, scale, BiasedFactors.Limit),
        ReadFactors(tensors, ModelFormat.UserFactors, parts.Users.Count, factors),
        ReadFactors(tensors, ModelFormat.ItemFactors, parts.Items.Count, factors));

    private static FactorMatrix ReadFactors(TensorSource tensors, string name, int rows, int factors)
    {
        FactorMatrix matrix = ModelReader.ReadFactors(tensors, name, rows, factors, verify: true, out TensorEntry entry);
        ContentChecks.Bounded<float>(tensors.Bytes, entry, matrix.Data, BiasedFactors.Limit);
        return matrix;
    }

    /// <summary>Predictions are divided by sums of similarities.</summary>
    private static CsrMatrix ReadSimilarities(TensorSource tensors, ModelParts parts, RatingKnnRules rules)
    {
        int rows = rules.ItemBased ? parts.Items.Count : parts.Users.Count;
        CsrMatrix similarities = ModelReader.ReadMatrix(tensors, ModelFormat.Similarities, rows, rows, withValues: true, verify: true, out TensorEntry? entry);
        ContentChecks.Positive(tensors.Bytes, entry!, similarities.AllValues);
        return similarities;
    }
}
