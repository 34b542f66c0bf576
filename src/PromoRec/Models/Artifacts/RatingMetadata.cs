using System.Globalization;
using PromoRec.Models.Ratings;

namespace PromoRec.Models.Artifacts;

/// <summary>The text entries of files that hold models of ratings: the scale, and what decides how a customer is learnt.</summary>
internal static class RatingMetadata
{
    private const string Lowest = "ratings.lowest";
    private const string Highest = "ratings.highest";
    private const string Mean = "ratings.mean";
    private const string UserRegularization = "baseline.user_regularization";
    private const string Centering = "rating_knn.centering";
    private const string Similarity = "rating_knn.similarity";
    private const string ItemBased = "rating_knn.item_based";
    private const string Neighbours = "rating_knn.neighbours";
    private const string MinNeighbours = "rating_knn.min_neighbours";
    private const string MinSupport = "rating_knn.min_support";
    private const string Shrinkage = "rating_knn.shrinkage";
    private const string SimilaritiesPerRow = "rating_knn.similarities_per_row";
    private const string Epochs = "sgd.epochs";
    private const string LearningRate = "sgd.learning_rate";
    private const string Regularization = "sgd.regularization";

    public static void Add(SortedDictionary<string, string> entries, RatingModel model)
    {
        entries[Lowest] = ModelMetadata.Text(model.Scale.Lowest);
        entries[Highest] = ModelMetadata.Text(model.Scale.Highest);
        entries[Mean] = ModelMetadata.Text(model.Scale.Mean);
        switch (model)
        {
            case BaselineModel baseline:
                entries[ModelFormat.FormatKey] = ModelFormat.BaselineFormat;
                entries[UserRegularization] = ModelMetadata.Text(baseline.UserRegularization);
                break;
            case RatingKnnModel knn:
                entries[ModelFormat.FormatKey] = ModelFormat.RatingKnnFormat;
                AddRules(entries, knn.Rules);
                break;
            case SlopeOneModel:
                entries[ModelFormat.FormatKey] = ModelFormat.SlopeOneFormat;
                break;
            case SvdModel svd:
                entries[ModelFormat.FormatKey] = ModelFormat.SvdFormat;
                AddSteps(entries, svd.Factors, svd.Steps);
                break;
            case SvdPlusPlusModel svd:
                entries[ModelFormat.FormatKey] = ModelFormat.SvdPlusPlusFormat;
                AddSteps(entries, svd.Factors, svd.Steps);
                break;
            default:
                throw new NotSupportedException($"A {model.GetType().Name} cannot be saved.");
        }
    }

    public static RatingScale ReadScale(ArtifactBytes bytes, TensorFile file)
    {
        RatingScale scale = new(Single(bytes, file, Lowest), Single(bytes, file, Highest), Single(bytes, file, Mean));
        return scale.Lowest <= scale.Mean && scale.Mean <= scale.Highest ? scale : throw ModelMetadata.Malformed(bytes, Mean, "a mean between the lowest rating and the highest");
    }

    public static double ReadUserRegularization(ArtifactBytes bytes, TensorFile file) =>
        ModelMetadata.Number(bytes, file, UserRegularization) is var number and >= 0 ? number : throw ModelMetadata.Malformed(bytes, UserRegularization, "a number, 0 or above");

    public static RatingKnnRules ReadRules(ArtifactBytes bytes, TensorFile file) => new(
        RatingWords.Centerings.TryFind(ModelMetadata.Required(bytes, file, Centering), out RatingCentering centering) ? centering : throw ModelMetadata.Malformed(bytes, Centering, "a centering that this version knows"),
        RatingWords.Similarities.TryFind(ModelMetadata.Required(bytes, file, Similarity), out RatingSimilarity similarity) ? similarity : throw ModelMetadata.Malformed(bytes, Similarity, "a similarity that this version knows"),
        ModelMetadata.Flag(bytes, file, ItemBased),
        ModelMetadata.Whole(bytes, file, Neighbours),
        ModelMetadata.Whole(bytes, file, MinNeighbours),
        ModelMetadata.Whole(bytes, file, MinSupport),
        ModelMetadata.NotNegative(bytes, file, Shrinkage),
        ModelMetadata.Whole(bytes, file, SimilaritiesPerRow),
        ReadUserRegularization(bytes, file));

    public static GradientDescent ReadSteps(ArtifactBytes bytes, TensorFile file) => new(
        int.TryParse(ModelMetadata.Required(bytes, file, Epochs), NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs <= GradientDescent.MaxEpochs
            ? epochs
            : throw ModelMetadata.Malformed(bytes, Epochs, $"a whole number from 0 to {GradientDescent.MaxEpochs:N0}"),
        ModelMetadata.Number(bytes, file, LearningRate) is var rate and > 0 and <= 1 ? rate : throw ModelMetadata.Malformed(bytes, LearningRate, "a number above 0, at most 1"),
        ModelMetadata.NotNegative(bytes, file, Regularization));

    private static void AddRules(SortedDictionary<string, string> entries, RatingKnnRules rules)
    {
        entries[Centering] = RatingWords.Centerings.Of(rules.Centering);
        entries[Similarity] = RatingWords.Similarities.Of(rules.Similarity);
        entries[ItemBased] = ModelMetadata.Text(rules.ItemBased);
        entries[Neighbours] = ModelMetadata.Text(rules.Neighbours);
        entries[MinNeighbours] = ModelMetadata.Text(rules.MinNeighbours);
        entries[MinSupport] = ModelMetadata.Text(rules.MinSupport);
        entries[Shrinkage] = ModelMetadata.Text(rules.Shrinkage);
        entries[SimilaritiesPerRow] = ModelMetadata.Text(rules.SimilaritiesPerRow);
        entries[UserRegularization] = ModelMetadata.Text(rules.UserRegularization);
    }

    private static void AddSteps(SortedDictionary<string, string> entries, int factors, GradientDescent steps)
    {
        ModelMetadata.AddFactors(entries, factors);
        entries[Epochs] = ModelMetadata.Text(steps.Epochs);
        entries[LearningRate] = ModelMetadata.Text(steps.LearningRate);
        entries[Regularization] = ModelMetadata.Text(steps.Regularization);
    }

    /// <summary>A number that single precision holds, as every rating does.</summary>
    private static double Single(ArtifactBytes bytes, TensorFile file, string key) =>
        ModelMetadata.Number(bytes, file, key) is var number and >= float.MinValue and <= float.MaxValue ? number : throw ModelMetadata.Malformed(bytes, key, "a number that single precision holds");
}
