using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>Measures how far predicted ratings are from true ones.</summary>
internal sealed class RatingEvaluation(CommandEnvironment environment, ProgressLine progress)
{
    private const int RatingsBetweenLooks = 1024;

    private readonly List<double> _predicted = [];
    private readonly List<double> _actual = [];

    /// <summary>Predicts the ratings of a test.</summary>
    /// <param name="model">The model.</param>
    /// <param name="test">The ratings.</param>
    /// <param name="curves">Whether pictures are wanted.</param>
    /// <param name="train">Trains on a part of the data; null where there is nothing to train.</param>
    /// <param name="parts">The parts of the data; null where there is nothing to train.</param>
    public EvaluateReport Of(RatingModel model, IReadOnlyList<Interaction> test, bool curves, Func<TrainingSet, RecommendationModel>? train, TrainingParts? parts)
    {
        RatingErrors errors = Measure(model, test);
        EvaluateReport report = Report("ratings", test, [errors], curves);
        return train is null || parts is null ? report : report with { RatingCurves = report.RatingCurves! with { Learning = Drawn(train, parts, test, errors), LearningByTime = CurveOf(train, parts, test).Earliest(errors.RootMeanSquaredError) } };
    }

    /// <summary>Trains a model for every split, and predicts what it does not see.</summary>
    /// <exception cref="PromoRecException">A split has nothing on one side.</exception>
    public EvaluateReport Of(IReadOnlyList<InteractionSplit> splits, DatasetOptions dataset, ModelTrainer trainer, bool curves)
    {
        List<RatingErrors> errors = [];
        List<IReadOnlyList<LearningPoint>> learning = [];
        IReadOnlyList<LearningPoint> byTime = [];
        foreach (InteractionSplit split in splits)
        {
            if (split.Test.Count == 0 || split.Train.Count == 0)
            {
                throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"A split has {split.Train.Count} ratings to learn from and {split.Test.Count} to predict, but there must be some of both. Choose fewer folds, or give more ratings.");
            }

            TrainingOutcome outcome = new TrainingRun(environment, progress).FromList(split.Train, dataset, trainer);
            errors.Add(Measure((RatingModel)outcome.Model, split.Test));
            progress.Say($"part {errors.Count} of {splits.Count}: RMSE {errors[^1].RootMeanSquaredError:0.0000}, MAE {errors[^1].MeanAbsoluteError:0.0000}");
            if (curves)
            {
                var run = new TrainingRun(environment, progress, isOneOfMany: true);
                TrainingParts parts = run.PartsOf(split.Train, dataset);
                RecommendationModel train(TrainingSet part) => trainer(part, run, environment.Cancellation);
                learning.Add(Drawn(train, parts, split.Test, errors[^1]));
                byTime = split.Cut is null ? [] : CurveOf(train, parts, split.Test).Earliest(errors[^1].RootMeanSquaredError);
            }
        }

        EvaluateReport report = Report(splits.Count > 1 ? "rating-folds" : "rating-holdout", splits.SelectMany(split => split.Test), errors, curves);
        return curves ? report with { RatingCurves = report.RatingCurves! with { Learning = Mean(learning), LearningByTime = byTime } } : report;
    }

    /// <summary>The prediction of every rating.</summary>
    public static double[] Predict(RatingModel model, IReadOnlyList<UserRating> test, CancellationToken cancellationToken)
    {
        var predicted = new double[test.Count];
        for (int i = 0; i < predicted.Length; i++)
        {
            if (i % RatingsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            predicted[i] = model.Predict(test[i].User, test[i].Item);
        }

        return predicted;
    }

    /// <summary>RMSE and MAE by their names in reports.</summary>
    public static Dictionary<string, double?> Metrics(double rmse, double mae) => new() { ["rmse"] = rmse, ["mae"] = mae };

    /// <summary>What the RMSE of a test would be with less to learn from.</summary>
    public static LearningCurve CurveOf(ProgressLine progress, Func<TrainingSet, RecommendationModel> train, TrainingParts parts, IReadOnlyList<UserRating> test, CancellationToken cancellationToken) =>
        new(progress, "rmse", parts, train, model => RatingEvaluator.Evaluate((RatingModel)model, test, cancellationToken).RootMeanSquaredError);

    private LearningCurve CurveOf(Func<TrainingSet, RecommendationModel> train, TrainingParts parts, IReadOnlyList<Interaction> test) =>
        CurveOf(progress, train, parts, RatingRows.ToPredict(test), environment.Cancellation);

    private List<LearningPoint> Drawn(Func<TrainingSet, RecommendationModel> train, TrainingParts parts, IReadOnlyList<Interaction> test, RatingErrors errors) =>
        CurveOf(train, parts, test).Drawn(errors.RootMeanSquaredError);

    /// <summary>The mean of the shares that every fold has.</summary>
    private static LearningPoint[] Mean(List<IReadOnlyList<LearningPoint>> folds) =>
        [.. folds.SelectMany(points => points).GroupBy(point => point.Share).Where(share => share.Count() == folds.Count).Select(share => share.First() with { Value = share.Average(point => point.Value) })];

    private RatingErrors Measure(RatingModel model, IReadOnlyList<Interaction> test)
    {
        UserRating[] ratings = RatingRows.ToPredict(test);
        _predicted.AddRange(Predict(model, ratings, environment.Cancellation));
        _actual.AddRange(ratings.Select(rating => rating.Rating));
        return RatingEvaluator.Evaluate(model, ratings, environment.Cancellation);
    }

    private EvaluateReport Report(string protocol, IEnumerable<Interaction> test, List<RatingErrors> errors, bool curves) => new()
    {
        Protocol = protocol,
        Metrics = Metrics(errors.Average(each => each.RootMeanSquaredError), errors.Average(each => each.MeanAbsoluteError)),
        ConfidenceIntervals = new Dictionary<string, double[]>(),
        ConfidenceLevel = 0,
        Users = test.Select(rating => rating.User).Distinct().Count(),
        UnknownUsers = errors.Sum(each => each.UnknownUsers),
        SkippedUsers = 0,
        UnknownItemPairs = errors.Sum(each => each.RatingsOfUnknownItems),
        SeenPairs = 0,
        Popularity = null,
        Seconds = 0,
        Training = null,
        Folds = errors.Count > 1 ? [.. errors.Select(each => Metrics(each.RootMeanSquaredError, each.MeanAbsoluteError))] : null,
        Ratings = errors.Sum(each => each.Count),
        RatingCurves = curves ? RatingCurves.Of(_predicted, _actual) : null,
    };
}
