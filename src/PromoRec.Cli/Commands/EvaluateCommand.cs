using System.CommandLine;
using System.Globalization;
using PromoRec.Cli.Output;
using PromoRec.Cli.Output.Html;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec evaluate</c>: how high rankings place what customers took later.</summary>
internal sealed class EvaluateCommand
{
    private readonly CommandEnvironment _environment;
    private readonly Option<string?> _model = OptionFactory.Text("--model", "FILE", "The model to evaluate");
    private readonly Option<string?> _train = OptionFactory.Text("--train", "FILE", "Train on this file first, with the options of 'fit'");
    private readonly Option<string?> _test = OptionFactory.Text("--test", "FILE", "What customers did later");
    private readonly Option<string?> _testKinds = OptionFactory.Text("--test-kinds", "KIND,...", "Kinds that count; purchase,redeem,rating unless set, and purchase,redeem for offers");
    private readonly Option<string?> _candidates = OptionFactory.Text("--candidates", "FILE", "For each customer, rank only the items (or offers) of these user,item rows and the held-out ones");
    private readonly Option<string?> _perUser = OptionFactory.Text("--per-user", "FILE", "Write the metrics of every customer to a CSV file");
    private readonly Option<bool> _popularity = OptionFactory.Flag("--popularity", "Evaluate the popularity baseline too");
    private readonly RatingSplitOptions _split = new();
    private readonly Option<int> _resamples = OptionFactory.Integer("--resamples", "Resamples for the confidence intervals; 0 for none", 1_000, 0, 1_000_000);
    private readonly Option<double> _confidence = OptionFactory.Real("--confidence", "Confidence of the intervals, below 1", 0.95, 0, includingLeast: false);
    private readonly Option<string?> _features = OptionFactory.Text("--features", "FILE", "Linear models: which columns of the test file are features, and which one is the label; LIBSVM text without it");
    private readonly Option<int> _bins = OptionFactory.Integer("--bins", "Linear models: bins of the calibration error", 10, 1, 1_000_000);
    private readonly Option<int> _explain = OptionFactory.Integer("--explain", "Linear models: say what carries the scores of the first N examples", 0, 0, 1_000);
    private readonly Option<Named<IReadOnlyList<RankingMetric>>> _metrics = OptionFactory.Metrics("hr@10,ndcg@10,recall@20");

    private readonly Option<Named<UnknownUserHandling>> _unknownUsers = OptionFactory.Choice(
        "--unknown-users",
        "Customers whom the model does not know",
        UnknownUserHandling.Popularity,
        new("popularity", UnknownUserHandling.Popularity),
        new("exclude", UnknownUserHandling.Exclude));

    private readonly Option<string?> _report = ReportOption.Create();
    private readonly InputOptions _input = new();
    private readonly InteractionOptions _trainReading;
    private readonly InteractionOptions _testReading;
    private readonly DatasetCommandOptions _dataset = new();
    private readonly TrainingCommandOptions _training = new();
    private readonly CatalogOptions _catalog = new();
    private readonly OfferOptions _offers;

    private EvaluateCommand(CommandEnvironment environment)
    {
        _environment = environment;
        _trainReading = new InteractionOptions(string.Empty, _input);
        _testReading = new InteractionOptions("test-", _input);
        _offers = new OfferOptions(_input, _catalog);
    }

    public static Command Create(CommandEnvironment environment)
    {
        var evaluate = new EvaluateCommand(environment);
        var command = new Command("evaluate", "Measure how well a model ranks what customers took later, or how far predicted ratings are from theirs")
        {
            evaluate._model, evaluate._train, evaluate._test, evaluate._metrics, evaluate._candidates, evaluate._perUser, evaluate._popularity,
            evaluate._testKinds, evaluate._unknownUsers, evaluate._resamples, evaluate._confidence,
            evaluate._features, evaluate._bins, evaluate._explain, evaluate._report,
        };
        evaluate._split.AddTo(command);
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

        string? page = ReportOption.Read(parsed, _report);
        if (RunLinear(parsed, badRows))
        {
            return ExitCode.Success;
        }

        RecommendationModel? loaded = parsed.GetValue(_model) is { } modelPath ? ModelFile.Load(modelPath) : null;
        if (PredictsRatings(parsed, loaded))
        {
            EvaluateReport predicted = PredictRatings(parsed, (RatingModel?)loaded, badRows, progress, started, curves: page is not null);
            if (page is not null)
            {
                ReportPage.Save(page, predicted);
            }

            return Write(parsed, predicted);
        }

        string testPath = TestPath(parsed);
        EvaluationOptions options = Options(parsed);
        IReadOnlyList<RankingMetric> metrics = parsed.GetRequiredValue(_metrics).Value;
        bool ranksOffers = parsed.GetValue(_offers.Offers) is not null;
        if (ranksOffers && metrics.Any(metric => metric.Kind == RankingMetricKind.Novelty))
        {
            throw new UsageException("--metrics: novelty cannot be measured with --offers. Leave it out.");
        }

        InteractionReadOptions testOptions = _testReading.Read(parsed, ranksOffers);
        bool trains = parsed.GetValue(_train) is not null;
        if (trains && !ranksOffers)
        {
            _training.SayUseless(parsed, _catalog, progress);
        }

        OfferSource? offers = _offers.Read(parsed, badRows, progress, itemsAreUsed: trains, customersAreUsed: trains, _environment.Cancellation);
        TestRows test = TestRows.Read(testPath, testOptions, parsed.GetValue(_testKinds), ranksOffers, badRows, _environment.Cancellation);
        TestRows? candidates = parsed.GetValue(_candidates) is { } path
            ? TestRows.ReadCandidates(path, ranksOffers, badRows, _environment.Cancellation)
            : null;
        (RecommendationModel model, FitReport? training) = loaded is null ? Train(parsed, badRows, progress, offers) : (loaded, null);

        WarnIfTrainedOnTheFuture(training?.Data.Last, test, progress);

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
        if (page is not null)
        {
            EvaluationOptions plain = Options(parsed);
            plain.Resamples = 0;
            Evaluator Of(IReadOnlyList<RankingMetric> asked) => offers is null
                ? new ItemEvaluator(plain, asked, test, candidates)
                : new OfferEvaluator(plain, asked, test, candidates, offers, parsed.GetValue(_offers.KeepConsumed), _environment.Time);
            var meter = new CurveMeter(_environment, progress, Of, offers?.Snapshot.Offers.Count ?? model.ItemCount, offers is null && candidates is null ? test : null, plain.RankSeenItems);
            (Func<TrainingSet, RecommendationModel>? train, TrainingParts? parts) = loaded is null ? PartTrainer(parsed, badRows, progress, offers) : (null, null);
            RankingCurves curves = meter.Measure(model, metrics.FirstOrDefault(metric => metric.IsPerUser, metrics[0]), train, parts);
            report = report with { Curves = curves with { Calibration = (evaluator as OfferEvaluator)?.Calibrate(model, _environment.Cancellation) } };
            if (offers is not null && model is HybridModel { Stacker: not null } && report.Curves.Calibration is null)
            {
                progress.Say("note: a lower rung of the hybrid's ladder answered, which gives no probabilities, so there is no picture of them.");
            }

            ReportPage.Save(page, report);
        }

        return Write(parsed, report);
    }

    private int Write(ParseResult parsed, EvaluateReport report)
    {
        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.EvaluateReport, text => EvaluationText.Write(text, report));
        return ExitCode.Success;
    }

    /// <summary>Whether ratings are to be predicted. A model of them is evaluated so unless rankings are asked for.</summary>
    /// <exception cref="UsageException">A split of ratings is asked for, but no ratings are to be predicted.</exception>
    private bool PredictsRatings(ParseResult parsed, RecommendationModel? loaded)
    {
        bool knowsRatings = loaded is null ? _training.LearnsRatings(parsed) : loaded is RatingModel;
        Option? ofRankings = new Option[] { _metrics, _candidates, _perUser, _popularity, _testKinds, _unknownUsers, _offers.Offers }.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option));
        if (_split.FirstGiven(parsed) is { } split && (!knowsRatings || loaded is not null || ofRankings is not null))
        {
            throw new UsageException(
                $"{split.Name} divides ratings that are to be predicted: it needs {_train.Name} with one of the algorithms {string.Join(", ", RatingCommandOptions.Algorithms)}, and no option of rankings{(ofRankings is null ? string.Empty : $" such as {ofRankings.Name}")}.");
        }

        return knowsRatings && ofRankings is null;
    }

    private EvaluateReport PredictRatings(ParseResult parsed, RatingModel? loaded, BadRows badRows, ProgressLine progress, long started, bool curves)
    {
        RatingEvaluation evaluation = new(_environment, progress);
        EvaluateReport report;
        if (_split.FirstGiven(parsed) is null)
        {
            List<Interaction> test = RatingRows.Read(TestPath(parsed), _testReading.Read(parsed, ratings: true), badRows, _environment.Cancellation);
            (RecommendationModel model, FitReport? training) = loaded is null ? Train(parsed, badRows, progress, offers: null) : (loaded, null);
            (Func<TrainingSet, RecommendationModel>? train, TrainingParts? parts) = curves && loaded is null ? PartTrainer(parsed, badRows, progress, offers: null) : (null, null);
            report = evaluation.Of((RatingModel)model, test, curves, train, parts) with { Training = training };
        }
        else if (parsed.GetValue(_test) is not null)
        {
            throw new UsageException($"{_test.Name} has no effect with {_split.FirstGiven(parsed)!.Name}. Leave one of them out.");
        }
        else
        {
            DatasetOptions dataset = _dataset.Read(parsed, ratings: true);
            ModelTrainer trainer = _training.Read(parsed, new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation));
            List<Interaction> ratings = RatingRows.Read(parsed.GetValue(_train)!, _trainReading.Read(parsed, ratings: true), badRows, _environment.Cancellation);
            report = evaluation.Of(_split.Divide(parsed, ratings), dataset, trainer, curves);
        }

        return report with { Seconds = _environment.Time.GetElapsedTime(started).TotalSeconds };
    }

    /// <exception cref="UsageException">It is missing.</exception>
    private string TestPath(ParseResult parsed) =>
        parsed.GetValue(_test) ?? throw new UsageException($"{_test.Name} is needed. Ratings can also be predicted with {string.Join(" or ", _split.All.Take(2).Select(option => option.Name))}.");

    /// <summary>Measures a linear model; false where the model is of another kind.</summary>
    private bool RunLinear(ParseResult parsed, BadRows badRows)
    {
        FeatureFile? features = parsed.GetValue(_features) is { } path ? FeatureFileReader.Read(path) : null;
        LinearModel? model = parsed.GetValue(_model) is { } modelPath ? ModelFile.LoadLinear(modelPath, features?.Schema) : null;
        Option[] own = [_features, _bins, _explain];
        IEnumerable<Option> without = model is null ? own : parsed.CommandResult.Command.Options.Except([.. own, _model, _test, _report, .. _input.All]);
        if (without.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } given)
        {
            throw new UsageException($"{given.Name} has {(model is null ? "an" : "no")} effect {(model is null ? "only " : string.Empty)}with a linear model. Leave it out.");
        }

        if (model is null)
        {
            return false;
        }

        LinearEvaluateReport report = new LinearEvaluation(_environment, model, features).Run(TestPath(parsed), parsed.GetValue(_bins), parsed.GetValue(_explain), badRows);
        if (parsed.GetValue(_report) is { } page)
        {
            ReportPage.Save(page, report);
        }

        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.LinearEvaluateReport, text => LinearText.Write(text, report));
        return true;
    }

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

        _training.RefuseLinear(parsed);
        if (isTrained && _trainReading.FirstGiven(parsed) is { } reading)
        {
            throw new UsageException($"{reading.Name} is about the file of {_train.Name}. For the test file there is --test-{reading.Name[2..]}.");
        }

        if (isTrained && (_training.FirstGiven(parsed) ?? _dataset.FirstGiven(parsed)) is { } option)
        {
            throw new UsageException($"{option.Name} has no effect on a trained model. Leave it out, or train with {_train.Name}.");
        }
    }

    private (RecommendationModel Model, FitReport Training) Train(ParseResult parsed, BadRows badRows, ProgressLine progress, OfferSource? offers)
    {
        long started = _environment.Time.GetTimestamp();
        bool ratings = _training.LearnsRatings(parsed);
        DatasetOptions dataset = _dataset.Read(parsed, ratings);
        dataset.KeepEvents = _training.NeedsEvents(parsed);
        ModelTrainer trainer = _training.Read(parsed, new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation) { Offers = _ => offers });
        TrainingOutcome outcome = new TrainingRun(_environment, progress) { KeepsInteractions = _training.IsStacked(parsed) }.FromFile(parsed.GetValue(_train)!, _trainReading.Read(parsed, ratings: ratings), dataset, trainer, badRows, ratings);
        return (outcome.Model, outcome.ToReport(null, _environment.Time.GetElapsedTime(started).TotalSeconds));
    }

    /// <summary>Trains on a part of the training file as <see cref="Train"/> does on all of it.</summary>
    private (Func<TrainingSet, RecommendationModel> Train, TrainingParts Parts) PartTrainer(ParseResult parsed, BadRows badRows, ProgressLine progress, OfferSource? offers)
    {
        bool ratings = _training.LearnsRatings(parsed);
        DatasetOptions dataset = _dataset.Read(parsed, ratings);
        dataset.KeepEvents = _training.NeedsEvents(parsed);
        ModelTrainer trainer = _training.Read(parsed, new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation) { Offers = _ => offers });
        var run = new TrainingRun(_environment, progress, isOneOfMany: true) { KeepsInteractions = _training.IsStacked(parsed) };
        return (part => trainer(part, run, _environment.Cancellation), run.PartsOf(parsed.GetValue(_train)!, _trainReading.Read(parsed, ratings: ratings), dataset));
    }

    /// <summary>A random split is a choice, so this is no failure; but figures from the future flatter, and the reader must know.</summary>
    public static void WarnIfTrainedOnTheFuture(DateTimeOffset? lastTrained, TestRows test, ProgressLine progress)
    {
        if (lastTrained is { } last && test.First is { } first && last >= first)
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
