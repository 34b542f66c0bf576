using System.CommandLine;
using System.Globalization;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec evaluate</c>: how high rankings place what customers took later.</summary>
internal sealed class EvaluateCommand
{
    private readonly CommandEnvironment _environment;
    private readonly Option<string?> _model = OptionFactory.Text("--model", "FILE", "The model to evaluate");
    private readonly Option<string?> _train = OptionFactory.Text("--train", "FILE", "Train on this file first, with the options of 'fit'");
    private readonly Option<string> _test = OptionFactory.Required("--test", "FILE", "What customers did later");
    private readonly Option<string?> _testKinds = OptionFactory.Text("--test-kinds", "KIND,...", "Kinds that count; purchase,redeem,rating unless set, and purchase,redeem for offers");
    private readonly Option<string?> _candidates = OptionFactory.Text("--candidates", "FILE", "For each customer, rank only the items (or offers) of these user,item rows and the held-out ones");
    private readonly Option<string?> _perUser = OptionFactory.Text("--per-user", "FILE", "Write the metrics of every customer to a CSV file");
    private readonly Option<bool> _popularity = OptionFactory.Flag("--popularity", "Evaluate the popularity baseline too");
    private readonly Option<int> _resamples = OptionFactory.Integer("--resamples", "Resamples for the confidence intervals; 0 for none", 1_000, 0, 1_000_000);
    private readonly Option<double> _confidence = OptionFactory.Real("--confidence", "Confidence of the intervals, below 1", 0.95, 0, includingLeast: false);
    private readonly Option<Named<IReadOnlyList<RankingMetric>>> _metrics;

    private readonly Option<Named<UnknownUserHandling>> _unknownUsers = OptionFactory.Choice(
        "--unknown-users",
        "Customers whom the model does not know",
        UnknownUserHandling.Popularity,
        new("popularity", UnknownUserHandling.Popularity),
        new("exclude", UnknownUserHandling.Exclude));

    private readonly InputOptions _input = new();
    private readonly InteractionOptions _trainReading;
    private readonly InteractionOptions _testReading;
    private readonly DatasetCommandOptions _dataset = new();
    private readonly TrainingCommandOptions _training = new();
    private readonly OfferOptions _offers;

    private EvaluateCommand(CommandEnvironment environment)
    {
        _environment = environment;
        _trainReading = new InteractionOptions(string.Empty, _input);
        _testReading = new InteractionOptions("test-", _input);
        _offers = new OfferOptions(_input);
        _metrics = new Option<Named<IReadOnlyList<RankingMetric>>>("--metrics")
        {
            Description = "What to measure: hr, precision, recall, f1, ndcg, map, mrr, coverage, novelty with @k, and auc",
            HelpName = "NAME@K,...",
            DefaultValueFactory = _ => ParseMetrics("hr@10,ndcg@10,recall@20"),
            CustomParser = result =>
            {
                try
                {
                    return ParseMetrics(result.Tokens[0].Value);
                }
                catch (FormatException fault)
                {
                    result.AddError($"--metrics: {fault.Message}");
                    return new Named<IReadOnlyList<RankingMetric>>(string.Empty, []);
                }
            },
        };
    }

    public static Command Create(CommandEnvironment environment)
    {
        var evaluate = new EvaluateCommand(environment);
        var command = new Command("evaluate", "Measure how well a model ranks what customers took later")
        {
            evaluate._model, evaluate._train, evaluate._test, evaluate._metrics, evaluate._candidates, evaluate._perUser, evaluate._popularity,
            evaluate._testKinds, evaluate._unknownUsers, evaluate._resamples, evaluate._confidence,
        };
        evaluate._offers.AddTo(command);
        evaluate._trainReading.AddTo(command);
        evaluate._testReading.AddTo(command);
        evaluate._input.AddTo(command);
        evaluate._dataset.AddTo(command);
        evaluate._training.AddTo(command);
        command.SetAction(evaluate.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        RefuseUnlessOneModel(parsed);
        long started = _environment.Time.GetTimestamp();
        var progress = new ProgressLine(_environment);
        BadRows badRows = _input.BadRows(parsed, progress);
        string? perUser = parsed.GetValue(_perUser);
        if (perUser is not null)
        {
            Overwriting.Refuse(parsed, _perUser, perUser, "the metrics");
        }

        EvaluationOptions options = Options(parsed);
        IReadOnlyList<RankingMetric> metrics = parsed.GetRequiredValue(_metrics).Value;
        bool ranksOffers = parsed.GetValue(_offers.Offers) is not null;
        if (ranksOffers && metrics.Any(metric => metric.Kind == RankingMetricKind.Novelty))
        {
            throw new UsageException("--metrics: novelty cannot be measured with --offers. Leave it out.");
        }

        InteractionReadOptions testOptions = _testReading.Read(parsed, ranksOffers);
        OfferSource? offers = _offers.Read(parsed, badRows, progress, _environment.Cancellation);
        TestRows test = TestRows.Read(parsed.GetRequiredValue(_test), testOptions, parsed.GetValue(_testKinds), ranksOffers, badRows, _environment.Cancellation);
        TestRows? candidates = parsed.GetValue(_candidates) is { } path
            ? TestRows.ReadCandidates(path, ranksOffers, badRows, _environment.Cancellation)
            : null;
        (RecommendationModel model, FitReport? training) = Model(parsed, badRows, progress);

        WarnIfTrainedOnTheFuture(training, test, progress);

        Evaluator evaluator = offers is null
            ? new ItemEvaluator(options, metrics, test, candidates)
            : new OfferEvaluator(options, metrics, test, candidates, offers, parsed.GetValue(_offers.KeepConsumed), _environment.Time);
        EvaluationResult result = evaluator.Evaluate(model, progress, _environment.Cancellation);
        EvaluationResult? popularity = parsed.GetValue(_popularity) ? evaluator.EvaluatePopularity(model, progress, _environment.Cancellation) : null;
        if (perUser is not null)
        {
            PerUserFile.Write(perUser, result, _environment.Cancellation);
        }

        EvaluateReport report = Report(evaluator.Protocol, result, popularity, options, training, _environment.Time.GetElapsedTime(started).TotalSeconds);
        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.EvaluateReport, text => EvaluationText.Write(text, report));
        return ExitCode.Success;
    }

    private static Named<IReadOnlyList<RankingMetric>> ParseMetrics(string text) => new(text, RankingMetric.ParseList(text));

    private EvaluationOptions Options(ParseResult parsed)
    {
        double confidence = parsed.GetValue(_confidence);
        return new EvaluationOptions
        {
            UnknownUsers = parsed.GetRequiredValue(_unknownUsers).Value,
            RankSeenItems = parsed.GetValue(_offers.KeepConsumed),
            Resamples = parsed.GetValue(_resamples),
            ConfidenceLevel = confidence < 1 ? confidence : throw new UsageException($"{_confidence.Name} must be above 0 and below 1, but is {confidence}."),
            Threads = _training.Threads(parsed),
        };
    }

    private void RefuseUnlessOneModel(ParseResult parsed)
    {
        bool isTrained = parsed.GetValue(_model) is not null;
        if (isTrained == (parsed.GetValue(_train) is not null))
        {
            throw new UsageException($"either {_model.Name} or {_train.Name} is needed, and not both.");
        }

        if (isTrained && _trainReading.FirstGiven(parsed) is { } reading)
        {
            throw new UsageException($"{reading.Name} is about the file of {_train.Name}. For the test file there is --test-{reading.Name[2..]}.");
        }

        if (isTrained && (_training.FirstGiven(parsed) ?? _dataset.FirstGiven(parsed)) is { } option)
        {
            throw new UsageException($"{option.Name} has no effect on a trained model. Leave it out, or train with {_train.Name}.");
        }
    }

    private (RecommendationModel Model, FitReport? Training) Model(ParseResult parsed, BadRows badRows, ProgressLine progress)
    {
        if (parsed.GetValue(_model) is { } modelPath)
        {
            return (ModelFile.Load(modelPath), null);
        }

        long started = _environment.Time.GetTimestamp();
        DatasetOptions dataset = _dataset.Read(parsed);
        ModelTrainer trainer = _training.Read(parsed);
        TrainingOutcome outcome = new TrainingRun(_environment, progress).FromFile(parsed.GetValue(_train)!, _trainReading.Read(parsed), dataset, trainer, badRows);
        return (outcome.Model, outcome.ToReport(null, _environment.Time.GetElapsedTime(started).TotalSeconds));
    }

    /// <summary>A random split is a choice, so this is no failure; but figures from the future flatter, and the reader must know.</summary>
    private static void WarnIfTrainedOnTheFuture(FitReport? training, TestRows test, ProgressLine progress)
    {
        if (training?.Data.Last is { } last && test.First is { } first && last >= first)
        {
            progress.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"the training data goes on until {last.UtcDateTime:yyyy-MM-dd HH:mm}, but the test begins at {first.UtcDateTime:yyyy-MM-dd HH:mm}: the model has seen the future it is tested on. Cut the training data with --until, and the test with --test-since."));
        }
    }

    private static EvaluateReport Report(string protocol, EvaluationResult result, EvaluationResult? popularity, EvaluationOptions options, FitReport? training, double seconds) => new()
    {
        Protocol = protocol,
        Metrics = EvaluateReport.Means(result),
        ConfidenceIntervals = EvaluateReport.Intervals(result),
        ConfidenceLevel = options.ConfidenceLevel,
        Users = result.Users,
        UnknownUsers = result.UnknownUsers,
        SkippedUsers = result.SkippedUsers,
        UnknownItemPairs = result.UnknownItemPairs,
        SeenPairs = result.SeenPairs,
        Popularity = popularity is null ? null : EvaluateReport.Means(popularity),
        Seconds = seconds,
        Training = training,
    };
}
