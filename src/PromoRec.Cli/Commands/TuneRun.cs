using PromoRec.Cli.Output;
using PromoRec.Evaluation;
using PromoRec.Models.Ratings;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary>Trains and measures the trials of a search.</summary>
internal sealed class TuneRun(
    CommandEnvironment environment,
    ProgressLine progress,
    TuneData data,
    AlgorithmLine line,
    TrainingSources sources,
    EvaluationOptions options,
    TuneMetric metric,
    int threads) : IProgress<SearchProgress>
{
    private int _users;

    /// <summary>Runs the search.</summary>
    /// <exception cref="PromoRecException">Nothing could be trained.</exception>
    public TuneReport Search(HyperParameterSearch search, ParameterValues usual)
    {
        SearchResult result = search.Run(Score, [usual], this, environment.Cancellation);
        if (result.Best is not { } best)
        {
            throw new PromoRecException(PromoRecErrorCode.TrainingFailed, $"None of {result.Evaluations.Count} trials could be trained and measured. Train one with 'promorec fit --algorithm {line.Algorithm}' to see why.");
        }

        // The usual values may have dropped out, but their score on all is what the best one must be held against.
        SearchTrial usualOnAll = new(0, usual, best.Trial.Rung, best.Trial.Share);
        double? usualScore = result.Evaluations.LastOrDefault(one => one.Trial == usualOnAll)?.Score;
        if (usualScore is null && !result.RanOutOfTime && Score(usualOnAll, environment.Cancellation) is var score && double.IsFinite(score))
        {
            usualScore = score;
        }

        return new TuneReport
        {
            Algorithm = LineOf(best.Trial.Values),
            Metric = metric.Name,
            LowestWins = metric.Error is not null,
            Score = best.Score!.Value,
            UsualScore = usualScore,
            Share = best.Trial.Share,
            Users = _users,
            Options = best.Trial.Values.Names.ToDictionary(name => name, name => TuningSpace.Text(best.Trial.Values, name)),
            Rungs = result.Rungs,
            RanOutOfTime = result.RanOutOfTime,
            Evaluations = [.. result.Evaluations.Select(one => new TuneEntry(one.Trial.Number, one.Trial.Rung, one.Trial.Share, LineOf(one.Trial.Values), one.Score, one.Elapsed.TotalSeconds))],
        };
    }

    public void Report(SearchProgress value)
    {
        string best = value.Best is { Score: { } score } ? $"; best so far {Show(score)}" : string.Empty;
        progress.Say($"{value.Done} of {value.Planned}: {LineOf(value.Last.Trial.Values)} on {Quantity.Number(Math.Round(100 * value.Last.Trial.Share, 1))} %: {(value.Last.Score is { } own ? Show(own) : "failed")}{best}");
    }

    private static string Show(double value) => value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);

    private double Score(SearchTrial trial, CancellationToken cancellationToken)
    {
        ModelTrainer trainer = AlgorithmLine.Parse("--algorithm", LineOf(trial.Values), threads).Trainer(sources);
        (TrainingData train, TestRows test) = data.Of(trial.Share);
        TrainingOutcome outcome;
        try
        {
            outcome = new TrainingRun(environment, progress, isOneOfMany: true).Train(train, trainer);
        }
        catch (PromoRecException fault) when (fault.Code == PromoRecErrorCode.TrainingFailed)
        {
            // Values with which the numbers diverge are bad ones, and no reason to end the search.
            return double.NaN;
        }

        if (metric.Error is { } error)
        {
            UserRating[] ratings = data.RatingsOf(trial.Share);
            RatingErrors errors = RatingEvaluator.Evaluate((RatingModel)outcome.Model, ratings, cancellationToken);
            _users = Math.Max(_users, ratings.Select(rating => rating.User).Distinct().Count());
            return error == RatingErrorKind.RootMeanSquared ? errors.RootMeanSquaredError : errors.MeanAbsoluteError;
        }

        EvaluationResult result = new ItemEvaluator(options, [metric.Ranking], test, candidates: null).Evaluate(outcome.Model, progress, cancellationToken);
        _users = Math.Max(_users, result.Users);
        return result.Metrics[0].Mean;
    }

    private string LineOf(ParameterValues values) => $"{line.Text} {string.Join(' ', values.Names.Select(name => $"{name} {TuningSpace.Text(values, name)}"))}";
}
