using System.Globalization;
using PromoRec.Training.Content;
using PromoRec.Training.CoOccurrence;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;
using PromoRec.Training.Ratings;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>The options of each algorithm that are worth a search, and in which ranges.</summary>
internal sealed class TuningSpace
{
    private TuningSpace(SearchSpace space, ParameterValues usual)
    {
        Space = space;
        Usual = usual;
    }

    public SearchSpace Space { get; }

    /// <summary>The values that the options have unless set.</summary>
    public ParameterValues Usual { get; }

    /// <summary>The space of an algorithm, without the options that are given.</summary>
    /// <exception cref="UsageException">Nothing is left to search for.</exception>
    public static TuningSpace Of(AlgorithmLine line)
    {
        TunedParameter[] all = Parameters(line.Algorithm);
        TunedParameter[] free = [.. all.Where(tuned => !line.Gives(tuned.Parameter.Name))];
        return free.Length > 0
            ? new TuningSpace(new SearchSpace([.. free.Select(tuned => tuned.Parameter)]), free.Aggregate(new ParameterValues(), (values, tuned) => tuned.AddUsual(values)))
            : throw new UsageException($"--algorithm: '{line.Text}' gives all that could be searched for: {string.Join(", ", all.Select(tuned => tuned.Parameter.Name))}. Leave one of them out.");
    }

    /// <summary>Values as options; numbers of four digits, which are those that are tried.</summary>
    public static string Text(ParameterValues values, string name) =>
        double.TryParse(values.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number != Math.Floor(number)
            ? number.ToString("G4", CultureInfo.InvariantCulture)
            : values.Text(name);

    private static TunedParameter[] Parameters(string algorithm) => algorithm switch
    {
        "als" => Als(),
        "ease" => [LogReal("--regularization", 1, 20_000, new EaseOptions().Regularization)],
        "item-knn" or "user-knn" => Knn(),
        "co-occurrence" => CoOccurrence(),
        "content" => Content(),
        RatingCommandOptions.Baseline => Biases(),
        RatingCommandOptions.RatingKnn => [.. RatingKnn(), .. Biases()],
        RatingCommandOptions.SlopeOne => [LogWhole("--min-overlap", 1, 50, new SlopeOneOptions().MinSupport)],
        RatingCommandOptions.Svd => Gradient(new SvdOptions().Factors, new SvdOptions().Epochs, new SvdOptions().LearningRate, new SvdOptions().Regularization),
        RatingCommandOptions.SvdPlusPlus => Gradient(new SvdPlusPlusOptions().Factors, new SvdPlusPlusOptions().Epochs, new SvdPlusPlusOptions().LearningRate, new SvdPlusPlusOptions().Regularization),
        "popularity" => [Choice("--rank-by", "share", "trend"), Choice("--count", "customers", "events"), Choice("--item-prior", "1", "0.1", "10", "100")],
        _ => throw new UsageException($"--algorithm: '{algorithm}' has no options to search for. A hybrid weighs its members itself; tune those."),
    };

    private static TunedParameter[] Als()
    {
        ImplicitAlsOptions usual = new();
        return
        [
            LogWhole("--factors", 8, 256, usual.Factors),
            LogWhole("--iterations", 5, 40, usual.Iterations),
            LogReal("--regularization", 1e-4, 1, usual.Regularization),
            Real("--regularization-exponent", 0, 1, usual.RegularizationExponent),
            LogReal("--unobserved-weight", 1e-3, 1, usual.UnobservedWeight),
        ];
    }

    private static TunedParameter[] Knn() =>
        [LogWhole("--neighbours", 5, 1_000, new KnnOptions().Neighbours), Choice("--shrinkage", "0", "1", "3", "10", "30", "100", "300"), Choice("--weighting", "none", "binary", "tf-idf", "bm25")];

    private static TunedParameter[] CoOccurrence()
    {
        CoOccurrenceOptions usual = new();
        return
        [
            Choice("--measure", "confidence", "lift", "cosine", "jaccard", "count"),
            LogReal("--session-gap", 5, 20_160, usual.SessionGap.TotalMinutes),
            LogWhole("--min-support", 1, 30, usual.MinSupport),
            Real("--distance-decay", 0.5, 1, usual.DistanceDecay),
        ];
    }

    private static TunedParameter[] Content()
    {
        ContentOptions usual = new();
        return
        [
            Real("--text-weight", 0, 2, usual.TextWeight),
            Real("--category-weight", 0, 2, usual.CategoryWeight),
            Real("--brand-weight", 0, 2, usual.BrandWeight),
            Real("--tag-weight", 0, 2, usual.TagWeight),
            Real("--number-weight", 0, 2, usual.NumberWeight),
        ];
    }

    private static TunedParameter[] Biases()
    {
        BaselineOptions usual = new();
        return [LogReal("--user-regularization", 0.1, 100, usual.UserRegularization), LogReal("--item-regularization", 0.1, 100, usual.ItemRegularization)];
    }

    private static TunedParameter[] RatingKnn() =>
    [
        Choice("--centering", "none", "means", "baseline"),
        Choice("--rating-similarity", "msd", "cosine", "pearson", "pearson-baseline"),
        LogWhole("--neighbours", 5, 200, new RatingKnnOptions().Neighbours),
        LogReal("--shrinkage", 1, 1_000, new RatingKnnOptions().Shrinkage),
    ];

    private static TunedParameter[] Gradient(int factors, int epochs, double rate, double regularization) =>
        [LogWhole("--factors", 4, 200, factors), LogWhole("--epochs", 5, 80, epochs), LogReal("--learning-rate", 5e-4, 0.05, rate), LogReal("--regularization", 2e-3, 0.5, regularization)];

    private static TunedParameter Real(string name, double low, double high, double usual) => new(SearchParameter.Uniform(name, low, high), values => values.With(name, usual));

    private static TunedParameter LogReal(string name, double low, double high, double usual) => new(SearchParameter.LogUniform(name, low, high), values => values.With(name, usual));

    private static TunedParameter LogWhole(string name, int low, int high, int usual) => new(SearchParameter.Whole(name, low, high, logarithmic: true), values => values.With(name, usual));

    /// <summary>One of several, the first of which is what the option has unless set.</summary>
    private static TunedParameter Choice(string name, params string[] choices) => new(SearchParameter.Choice(name, choices), values => values.With(name, choices[0]));
}
