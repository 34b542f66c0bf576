using System.CommandLine;
using System.Text.Json;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Tuning;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec tune</c>: looks for the options of an algorithm that rank best what customers took later.</summary>
internal sealed class TuneCommand
{
    private readonly CommandEnvironment _environment;
    private readonly Option<string> _interactions = OptionFactory.Required("--interactions", "FILE", "What customers did");
    private readonly Option<string> _algorithm = OptionFactory.Required("--algorithm", "NAME [OPTIONS]", "What to tune; options of 'fit' behind it are kept as they are: \"als --iterations 10\"");
    private readonly Option<int> _trials = OptionFactory.Integer("--trials", "Values to try, those that the options have unless set first", 27, 1, 100_000);
    private readonly Option<double> _minutes = OptionFactory.Real("--minutes", "End after this time, with what is found by then; 0 for no limit", 0, 0, includingLeast: true);
    private readonly Option<string> _metric = new("--metric") { Description = "What to make as high as possible: one of the metrics of 'evaluate'; or as low as possible, of predicted ratings: rmse, unless set, or mae", HelpName = "NAME", DefaultValueFactory = _ => "ndcg@10" };
    private readonly Option<double> _holdout = OptionFactory.Real("--holdout", "Measure on the last of the file, or on what --split says: this share of it, below 1", 0.2, 0, includingLeast: false);
    private readonly SplitOptions _split = new();
    private readonly Option<int> _eta = OptionFactory.Integer("--eta", "One of so many trials goes up to the next rung, with so many times the customers", 3, 2, 100);
    private readonly Option<int> _minCustomers = OptionFactory.Integer("--min-customers", "Fewest test customers on the first rung", 200, 1, 1_000_000_000);
    private readonly Option<ulong> _seed = OptionFactory.Seed();
    private readonly Option<string?> _out = OptionFactory.Text("--out", "FILE", "Write the result as JSON to a file");
    private readonly Option<string?> _testKinds = OptionFactory.Text("--test-kinds", "KIND,...", "Kinds that count in the test; purchase,redeem,rating unless set");
    private readonly Option<bool> _keepConsumed = OptionFactory.Flag("--keep-consumed", "Rank what a customer has already, too");
    private readonly Option<int> _threads = OptionFactory.Integer("--threads", "Threads; 0 for one a processor. The result does not depend on it", 0, 0, 1024);
    private readonly InputOptions _input = new();
    private readonly InteractionOptions _reading;
    private readonly DatasetCommandOptions _dataset = new();
    private readonly CatalogOptions _catalog = new();

    private TuneCommand(CommandEnvironment environment)
    {
        _environment = environment;
        _reading = new InteractionOptions(string.Empty, _input);
    }

    private Option[] Own => [_interactions, _algorithm, _trials, _minutes, _metric, _holdout, .. _split.All, _eta, _minCustomers, _seed, _out, _testKinds, _keepConsumed, _threads];

    public static Command Create(CommandEnvironment environment)
    {
        var tune = new TuneCommand(environment);
        var command = new Command("tune", "Look for the options of an algorithm that rank best what customers took later");
        foreach (Option option in tune.Own)
        {
            command.Options.Add(option);
        }

        tune._reading.AddTo(command);
        tune._input.AddTo(command);
        tune._dataset.AddTo(command);
        tune._catalog.AddTo(command);
        command.SetAction(tune.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        long started = _environment.Time.GetTimestamp();
        var progress = new ProgressLine(_environment);
        BadRows badRows = _input.BadRows(parsed, progress);
        int threads = parsed.GetValue(_threads);
        AlgorithmLine line = AlgorithmLine.Parse(_algorithm.Name, parsed.GetRequiredValue(_algorithm), threads);
        _catalog.SayUseless(parsed, line.UsesItems, line.UsesCustomers, $"{line.Algorithm} does", progress);
        TuningSpace space = TuningSpace.Of(line);
        TuneMetric metric = Metric(parsed, line.PredictsRatings);
        RefuseForRatings(parsed, line);
        double holdout = parsed.GetValue(_holdout) is var share and < 1 ? share : throw new UsageException($"{_holdout.Name} must be above 0 and below 1, but is {parsed.GetValue(_holdout)}.");
        TimeSpan? limit = parsed.GetValue(_minutes) switch { 0 => null, > 525_600 => throw new UsageException($"{_minutes.Name} must be at most 525,600, which is a year."), double minutes => TimeSpan.FromMinutes(minutes) };
        string? output = parsed.GetValue(_out);
        if (output is not null)
        {
            Overwriting.Refuse(parsed, _out, output, "the result");
        }

        DatasetOptions dataset = _dataset.Read(parsed, line.PredictsRatings);
        dataset.KeepEvents = line.NeedsEvents;
        var sources = new TrainingSources(parsed, _catalog, _dataset, badRows, _environment.Cancellation);
        line.Trainer(sources);
        string path = parsed.GetRequiredValue(_interactions);
        InteractionSplit split = TimeSplit.Read(path, _reading.Read(parsed, ratings: line.PredictsRatings), dataset, holdout, _split.Read(parsed), badRows, progress, _environment.Cancellation);
        TestRows test = TestRows.Of(path, split.Test, line.PredictsRatings ? InteractionKind.Rating.Name : parsed.GetValue(_testKinds));
        var data = new TuneData(_environment, new TrainingRun(_environment, progress, isOneOfMany: true), split, test, dataset);
        TrainingRun.WarnAbout(data.Of(1).Data.Dataset.Quality, progress);

        var options = new EvaluationOptions { RankSeenItems = parsed.GetValue(_keepConsumed), Resamples = 0, Threads = threads };
        var run = new TuneRun(_environment, progress, data, line, sources, options, metric, threads);
        var search = new HyperParameterSearch(
            space.Space,
            new HyperParameterSearchOptions
            {
                Trials = parsed.GetValue(_trials),
                Eta = parsed.GetValue(_eta),
                MinimumShare = Math.Min(1, (double)parsed.GetValue(_minCustomers) / data.TestCustomers),
                TimeLimit = limit,
                Maximize = metric.Error is null,
                Seed = parsed.GetValue(_seed),
            },
            _environment.Time);
        TuneReport report = run.Search(search, space.Usual);
        report = report with
        {
            Cut = split.Cut,
            Command = $"promorec fit {Given(parsed)}--algorithm {string.Join(' ', report.Algorithm.Split(' ').Select(ShellText.Quote))} --out model.safetensors",
            Seconds = _environment.Time.GetElapsedTime(started).TotalSeconds,
        };
        if (output is not null)
        {
            Save(report, output);
        }

        ReportWriter.Write(_environment, parsed, report, CliJson.Readable.TuneReport, text => TuneText.Write(text, report));
        return ExitCode.Success;
    }

    private static void Save(TuneReport report, string path)
    {
        using OutputFile file = OutputFile.Create(path);
        OutputFile.Guard(path, () =>
        {
            JsonSerializer.Serialize(file.Stream, report, CliJson.Readable.TuneReport);
            return true;
        });
        file.Commit();
    }

    private TuneMetric Metric(ParseResult parsed, bool ofRatings)
    {
        string name = parsed.GetRequiredValue(_metric);
        if (ofRatings)
        {
            return !OptionFactory.IsGiven(parsed, _metric) || name == "rmse" ? new TuneMetric("rmse", default, RatingErrorKind.RootMeanSquared)
                : name == "mae" ? new TuneMetric("mae", default, RatingErrorKind.MeanAbsolute)
                : throw new UsageException($"{_metric.Name} must be rmse or mae for an algorithm that predicts ratings, but is '{name}'.");
        }

        try
        {
            return new TuneMetric(name, RankingMetric.Parse(name), Error: null);
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{_metric.Name}: {fault.Message}");
        }
    }

    private void RefuseForRatings(ParseResult parsed, AlgorithmLine line)
    {
        if (line.PredictsRatings && new Option[] { _testKinds, _keepConsumed }.FirstOrDefault(option => OptionFactory.IsGiven(parsed, option)) is { } ofRankings)
        {
            throw new UsageException($"{ofRankings.Name} has no effect with {_algorithm.Name} {line.Algorithm}, which predicts ratings. Leave it out.");
        }
    }

    /// <summary>What was said about reading and data, which holds for the training too.</summary>
    private string Given(ParseResult parsed)
    {
        IEnumerable<Option> kept = parsed.CommandResult.Command.Options.Where(option => option == _interactions || (!Own.Contains(option) && OptionFactory.IsGiven(parsed, option)));
        return string.Concat(kept.Select(option => $"{option.Name} {string.Concat(parsed.GetResult(option)!.Tokens.Select(token => $"{ShellText.Quote(token.Value)} "))}"));
    }
}
