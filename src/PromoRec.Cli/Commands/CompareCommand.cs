using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Output.Html;
using PromoRec.Cli.Reading;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec compare</c>: several algorithms on the same test, and which one wins.</summary>
internal sealed class CompareCommand
{
    private const string OffersAreEvaluated = "'compare' ranks items. Measure how it ranks offers with 'promorec evaluate --train FILE --algorithm hybrid --fusion stacked --offers FILE'";

    private readonly CommandEnvironment _environment;
    private readonly Option<string> _train = OptionFactory.Required("--train", "FILE", "What customers did: trained on, but for the part that is held out");
    private readonly Option<string> _algorithms = OptionFactory.Required("--algorithms", "NAME [OPTIONS],...", "What to compare, each with its options of 'fit' where it has any: \"als --factors 64,item-knn,popularity\"");
    private readonly Option<double> _holdout = OptionFactory.Real("--holdout", "Test on the last of the training file, or on what --split says: this share of it, below 1", 0.2, 0, includingLeast: false);
    private readonly SplitOptions _split = new();
    private readonly Option<string?> _test = OptionFactory.Text("--test", "FILE", "Test on what customers did in another file");
    private readonly Option<string?> _testKinds = OptionFactory.Text("--test-kinds", "KIND,...", "Kinds that count in the test; purchase,redeem,rating unless set");
    private readonly Option<bool> _keepConsumed = OptionFactory.Flag("--keep-consumed", "Rank what a customer has already, too");
    private readonly Option<int> _resamples = OptionFactory.Integer("--resamples", "Resamples for the intervals", 2_000, 1, 1_000_000);
    private readonly Option<double> _confidence = OptionFactory.Real("--confidence", "Confidence in the winner and of the intervals, below 1", 0.95, 0, includingLeast: false);
    private readonly Option<int> _threads = OptionFactory.Integer("--threads", "Threads; 0 for one a processor. The result does not depend on it", 0, 0, 1024);
    private readonly Option<Named<IReadOnlyList<RankingMetric>>> _metrics = OptionFactory.Metrics("hr@10,ndcg@10,recall@20");
    private readonly Option<string?> _report = ReportOption.Create();
    private readonly InputOptions _input = new();
    private readonly InteractionOptions _trainReading;
    private readonly InteractionOptions _testReading;
    private readonly DatasetCommandOptions _dataset = new();
    private readonly CatalogOptions _catalog = new();

    private CompareCommand(CommandEnvironment environment)
    {
        _environment = environment;
        _trainReading = new InteractionOptions(string.Empty, _input);
        _testReading = new InteractionOptions("test-", _input);
    }

    public static Command Create(CommandEnvironment environment)
    {
        var compare = new CompareCommand(environment);
        var command = new Command("compare", "Train several algorithms, measure how well each ranks what customers took later, and say which one wins, if any")
        {
            compare._train, compare._algorithms, compare._holdout, compare._test, compare._metrics, compare._testKinds, compare._keepConsumed, compare._resamples, compare._confidence, compare._threads, compare._report,
        };
        foreach (Option option in compare._split.All)
        {
            command.Options.Add(option);
        }

        compare._trainReading.AddTo(command);
        compare._testReading.AddTo(command);
        compare._input.AddTo(command);
        compare._dataset.AddTo(command);
        compare._catalog.AddTo(command);
        command.SetAction(compare.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        long started = _environment.Time.GetTimestamp();
        var progress = new ProgressLine(_environment);
        BadRows badRows = _input.BadRows(parsed, progress);
        List<AlgorithmLine> algorithms = Algorithms(parsed);
        _catalog.SayUseless(parsed, algorithms.Exists(line => line.UsesItems), algorithms.Exists(line => line.UsesCustomers), "these algorithms do", progress);
        EvaluationOptions options = Options(parsed);
        if (algorithms.TrueForAll(line => line.PredictsRatings))
        {
            return RunRatings(parsed, algorithms, options, badRows, progress, started);
        }

        IReadOnlyList<RankingMetric> metrics = parsed.GetRequiredValue(_metrics).Value;
        string? page = ReportOption.Read(parsed, _report);
        DatasetOptions dataset = _dataset.Read(parsed);
        dataset.KeepEvents = algorithms.Exists(line => line.NeedsEvents);
        var sources = new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation) { WithoutOffers = OffersAreEvaluated };
        List<ModelTrainer> trainers = algorithms.ConvertAll(line => line.Trainer(sources));
        (TrainingData data, TestRows test, DateTimeOffset? cut, TrainingParts parts) = Read(parsed, dataset, badRows, progress);

        TrainingRun.WarnAbout(data.Dataset.Quality, progress);
        var evaluator = new ItemEvaluator(options, metrics, test, candidates: null);
        var compared = new List<ComparedAlgorithm>();
        for (int i = 0; i < algorithms.Count; i++)
        {
            compared.Add(Evaluate(algorithms[i], trainers[i], data, evaluator, progress));
        }

        if (page is not null)
        {
            var plain = new EvaluationOptions { RankSeenItems = options.RankSeenItems, Resamples = 0, Threads = options.Threads };
            RankingMetric decisive = metrics.FirstOrDefault(metric => metric.IsPerUser, metrics[0]);
            for (int i = 0; i < compared.Count; i++)
            {
                ModelTrainer trainer = trainers[i];
                var meter = new CurveMeter(_environment, progress, asked => new ItemEvaluator(plain, asked, test, candidates: null), compared[i].Outcome.Model.ItemCount, test, plain.RankSeenItems);
                progress.Say($"{compared[i].Name}: measuring for the report");
                compared[i] = compared[i] with { Curves = meter.Measure(compared[i].Outcome.Model, decisive, part => trainer(part, new TrainingRun(_environment, progress, isOneOfMany: true), _environment.Cancellation), parts, byTime: cut is not null || TestFile(parsed) is not null) };
            }
        }

        CompareReport report = CompareReport.Of(evaluator.Protocol, compared, options, cut) with { Seconds = _environment.Time.GetElapsedTime(started).TotalSeconds };
        if (page is not null)
        {
            ReportPage.Save(page, report);
        }

        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.CompareReport, text => CompareText.Write(text, report));
        return ExitCode.Success;
    }

    private int RunRatings(ParseResult parsed, List<AlgorithmLine> algorithms, EvaluationOptions options, BadRows badRows, ProgressLine progress, long started)
    {
        if (new Option[] { _metrics, _testKinds, _keepConsumed }.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } ofRankings)
        {
            throw new UsageException($"{ofRankings.Name} has no effect on predicted ratings, which are compared by RMSE and MAE. Leave it out.");
        }

        string? page = ReportOption.Read(parsed, _report);
        DatasetOptions dataset = _dataset.Read(parsed, ratings: true);
        var sources = new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation);
        List<ModelTrainer> trainers = algorithms.ConvertAll(line => line.Trainer(sources));
        string train = parsed.GetRequiredValue(_train);
        InteractionReadOptions reading = _trainReading.Read(parsed, ratings: true);
        var run = new TrainingRun(_environment, progress);
        TrainingData data;
        TrainingParts parts;
        List<Interaction> test;
        DateTimeOffset? cut = null;
        if (TestFile(parsed) is { } path)
        {
            test = RatingRows.Read(path, _testReading.Read(parsed, ratings: true), badRows, _environment.Cancellation);
            data = run.Read(train, reading, dataset, badRows, ratings: true);
            parts = run.PartsOf(train, reading, dataset);
        }
        else
        {
            InteractionSplit split = TimeSplit.Read(train, reading, dataset, BelowOne(parsed, _holdout), _split.Read(parsed), badRows, progress, _environment.Cancellation);
            test = RatingRows.Of(train, split.Test);
            data = run.Build(split.Train, dataset);
            parts = run.PartsOf(split.Train, dataset);
            cut = split.Cut;
        }

        TrainingRun.WarnAbout(data.Dataset.Quality, progress);
        CompareReport report = new RatingContest(_environment, progress).Run(algorithms, trainers, data, RatingRows.ToPredict(test), options, cut, isHeldOut: parsed.GetValue(_test) is null, page is null ? null : parts)
            with
        { Seconds = _environment.Time.GetElapsedTime(started).TotalSeconds };
        if (page is not null)
        {
            ReportPage.Save(page, report);
        }

        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.CompareReport, text => CompareText.Write(text, report));
        return ExitCode.Success;
    }

    /// <summary>The file to test on; null where a part of the training file is held out.</summary>
    /// <exception cref="UsageException">Options for both are given.</exception>
    private string? TestFile(ParseResult parsed)
    {
        string? path = parsed.GetValue(_test);
        if (path is not null && (OptionFactory.IsGiven(parsed, _holdout) ? _holdout : _split.FirstGiven(parsed)) is { } division)
        {
            throw new UsageException($"{division.Name} divides the file of {_train.Name}, and {_test.Name} names another one to test on. Leave one of them out.");
        }

        return path is null && _testReading.FirstGiven(parsed) is { } useless ? throw new UsageException($"{useless.Name} has no effect without {_test.Name}. Leave it out.") : path;
    }

    private ComparedAlgorithm Evaluate(AlgorithmLine line, ModelTrainer trainer, TrainingData data, ItemEvaluator evaluator, ProgressLine progress)
    {
        TrainingOutcome outcome = new TrainingRun(_environment, progress, isOneOfMany: true).Train(data, trainer);
        long started = _environment.Time.GetTimestamp();
        EvaluationResult result = evaluator.Evaluate(outcome.Model, progress, _environment.Cancellation);
        double seconds = _environment.Time.GetElapsedTime(started).TotalSeconds;
        progress.Say($"{line.Text}: trained in {Quantity.Seconds(outcome.TrainSeconds)}, measured in {Quantity.Seconds(seconds)}");
        return new ComparedAlgorithm(line.Text, outcome, result, seconds, Curves: null);
    }

    /// <exception cref="UsageException">There are fewer than two.</exception>
    private List<AlgorithmLine> Algorithms(ParseResult parsed)
    {
        List<AlgorithmLine> lines = AlgorithmLine.ParseList(_algorithms.Name, parsed.GetRequiredValue(_algorithms), parsed.GetValue(_threads));
        if (lines.Find(line => line.PredictsRatings) is { } predicts && lines.Find(line => !line.PredictsRatings) is { } ranks)
        {
            throw new UsageException($"{_algorithms.Name}: '{predicts.Algorithm}' predicts ratings and is measured by its errors, but '{ranks.Algorithm}' ranks items. Compare algorithms of one kind.");
        }

        return lines.Count >= 2 ? lines : throw new UsageException($"{_algorithms.Name} names only '{lines[0].Text}'. Name two or more, with commas between them.");
    }

    private EvaluationOptions Options(ParseResult parsed) => new()
    {
        RankSeenItems = parsed.GetValue(_keepConsumed),
        Resamples = parsed.GetValue(_resamples),
        ConfidenceLevel = BelowOne(parsed, _confidence),
        Threads = parsed.GetValue(_threads),
    };

    private (TrainingData Data, TestRows Test, DateTimeOffset? Cut, TrainingParts Parts) Read(ParseResult parsed, DatasetOptions dataset, BadRows badRows, ProgressLine progress)
    {
        string train = parsed.GetRequiredValue(_train);
        InteractionReadOptions reading = _trainReading.Read(parsed);
        var run = new TrainingRun(_environment, progress);
        if (TestFile(parsed) is { } path)
        {
            TestRows rows = TestRows.Read(path, _testReading.Read(parsed), parsed.GetValue(_testKinds), offers: false, badRows, _environment.Cancellation);
            TrainingData all = run.Read(train, reading, dataset, badRows);
            EvaluateCommand.WarnIfTrainedOnTheFuture(all.Report.Last, rows, progress);
            return (all, rows, null, run.PartsOf(train, reading, dataset));
        }

        InteractionSplit split = TimeSplit.Read(train, reading, dataset, BelowOne(parsed, _holdout), _split.Read(parsed), badRows, progress, _environment.Cancellation);
        TestRows test = TestRows.Of(train, split.Test, parsed.GetValue(_testKinds));
        TrainingData data = run.Build(split.Train, dataset);
        return data.Dataset.Count > 0
            ? (data, test, split.Cut, run.PartsOf(split.Train, dataset))
            : throw InputException.File(train, TrainingRun.NothingToLearn);
    }

    private static double BelowOne(ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is var value and < 1 ? value : throw new UsageException($"{option.Name} must be above 0 and below 1, but is {parsed.GetValue(option)}.");
}
