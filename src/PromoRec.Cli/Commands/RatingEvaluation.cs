using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>Measures how far predicted ratings are from true ones.</summary>
internal sealed class RatingEvaluation(CommandEnvironment environment, ProgressLine progress)
{
    /// <summary>Predicts the ratings of a test.</summary>
    public EvaluateReport Of(RatingModel model, IReadOnlyList<Interaction> test)
    {
        RatingErrors errors = RatingEvaluator.Evaluate(model, RatingRows.ToPredict(test), environment.Cancellation);
        return Report("ratings", test, [errors]);
    }

    /// <summary>Trains a model for every split, and predicts what it does not see.</summary>
    /// <exception cref="PromoRecException">A split has nothing on one side.</exception>
    public EvaluateReport Of(IReadOnlyList<InteractionSplit> splits, DatasetOptions dataset, ModelTrainer trainer)
    {
        List<RatingErrors> errors = [];
        foreach (InteractionSplit split in splits)
        {
            if (split.Test.Count == 0 || split.Train.Count == 0)
            {
                throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"A split has {split.Train.Count} ratings to learn from and {split.Test.Count} to predict, but there must be some of both. Choose fewer folds, or give more ratings.");
            }

            TrainingOutcome outcome = new TrainingRun(environment, progress).FromList(split.Train, dataset, trainer);
            errors.Add(RatingEvaluator.Evaluate((RatingModel)outcome.Model, RatingRows.ToPredict(split.Test), environment.Cancellation));
            progress.Say($"part {errors.Count} of {splits.Count}: RMSE {errors[^1].RootMeanSquaredError:0.0000}, MAE {errors[^1].MeanAbsoluteError:0.0000}");
        }

        return Report(splits.Count > 1 ? "rating-folds" : "rating-holdout", splits.SelectMany(split => split.Test), errors);
    }

    private static EvaluateReport Report(string protocol, IEnumerable<Interaction> test, List<RatingErrors> errors) => new()
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
    };

    private static Dictionary<string, double?> Metrics(double rmse, double mae) => new() { ["rmse"] = rmse, ["mae"] = mae };
}
