using System.CommandLine;
using System.CommandLine.Parsing;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec fit</c>: trains a model on a file of interactions, or of examples with a label, and saves it.</summary>
internal static class FitCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string?> interactions = OptionFactory.Text("--interactions", "FILE", "What customers did: CSV, TSV or JSON Lines, plain or gzip, with columns user,item[,kind][,value][,at][,offer][,event]");
        Option<string> output = OptionFactory.Required("--out", "FILE", "Where the model is saved");
        Option<string?> examples = OptionFactory.Text("--examples", "FILE", "What logistic, linear, ridge and svm learn from: LIBSVM text, or a table with --features");
        Option<string?> features = OptionFactory.Text("--features", "FILE", "Which columns of the examples are features, and which one is the label: a features file");
        Option<string?> offers = OptionFactory.Text("--offers", "FILE", "hybrid, stacked: the offers of which the interactions say who took them");
        var input = new InputOptions();
        var reading = new InteractionOptions(string.Empty, input);
        var dataset = new DatasetCommandOptions();
        var training = new TrainingCommandOptions();
        var catalog = new CatalogOptions();
        var command = new Command("fit", "Train a model on what customers did") { interactions, examples, features, output };
        reading.AddTo(command);
        input.AddTo(command);
        dataset.AddTo(command);
        training.AddTo(command);
        command.Validators.Add(result => RefuseWithoutData(result, training, interactions, examples));
        catalog.AddTo(command);
        command.Options.Add(offers);
        command.SetAction(parsed =>
        {
            long started = environment.Time.GetTimestamp();
            var progress = new ProgressLine(environment);
            if (training.IsLinear(parsed))
            {
                Refuse("on a linear model, which learns from --examples", Given(parsed, interactions) ?? Given(parsed, offers) ?? reading.FirstGiven(parsed) ?? dataset.FirstGiven(parsed));
                return FitLinear(environment, parsed, examples, features, output, training, input.BadRows(parsed, progress), progress);
            }

            Refuse("without --algorithm logistic, linear, ridge or svm", Given(parsed, examples) ?? Given(parsed, features));
            bool stacks = training.IsStacked(parsed);
            Refuse("without --algorithm hybrid --fusion stacked", stacks ? null : Given(parsed, offers));
            string data = parsed.GetValue(interactions)!;
            bool ratings = training.LearnsRatings(parsed);
            InteractionReadOptions readOptions = reading.Read(parsed, ratings: ratings);
            DatasetOptions datasetOptions = dataset.Read(parsed, ratings);
            string path = parsed.GetRequiredValue(output);
            Overwriting.Refuse(parsed, output, path, "the model");
            training.SayUseless(parsed, catalog, progress);
            datasetOptions.KeepEvents = training.NeedsEvents(parsed);
            BadRows badRows = input.BadRows(parsed, progress);
            var sources = new TrainingSources(parsed, catalog, dataset, badRows, environment.Cancellation)
            {
                Offers = known => parsed.GetValue(offers) is { } file ? OfferOptions.Read(file, input.Zone(parsed), known, badRows, progress, environment.Cancellation) : null,
            };
            ModelTrainer trainer = training.Read(parsed, sources);
            TrainingOutcome outcome = new TrainingRun(environment, progress) { KeepsInteractions = stacks }
                .FromFile(data, readOptions, datasetOptions, trainer, badRows, ratings);
            ModelOutput.Save(outcome.Model, path, environment.Cancellation);
            FitReport report = outcome.ToReport(path, environment.Time.GetElapsedTime(started).TotalSeconds);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.FitReport, text => WriteText(text, report));
            return ExitCode.Success;
        });
        return command;
    }

    public static void WriteText(TextWriter text, FitReport report)
    {
        text.WriteLine($"Model {report.Version}: {Quantity.Count(report.Users, "customer", "customers")}, {Quantity.Count(report.Items, "item", "items")}{(report.Factors > 0 ? $", {report.Factors} factors" : string.Empty)}.");
        string perIteration = report.IterationSeconds.Count > 0 ? $", {Quantity.Seconds(report.IterationSeconds.Average())} an iteration" : string.Empty;
        text.WriteLine($"Took {Quantity.Seconds(report.Seconds)}: reading {Quantity.Seconds(report.ReadSeconds)}, training {Quantity.Seconds(report.TrainSeconds)}{perIteration}. Peak memory {Quantity.Bytes(report.PeakBytes)}.");
        if (report.Loss is { } loss)
        {
            text.WriteLine($"Loss {Quantity.Number(loss)}.");
        }

        if (report.Hybrid is { } hybrid)
        {
            HybridText.Write(text, hybrid);
        }

        if (report.Model is not null)
        {
            text.WriteLine($"Saved to {report.Model}");
        }
    }

    private static int FitLinear(
        CommandEnvironment environment,
        ParseResult parsed,
        Option<string?> examples,
        Option<string?> features,
        Option<string> output,
        TrainingCommandOptions training,
        BadRows badRows,
        ProgressLine progress)
    {
        long started = environment.Time.GetTimestamp();
        string path = parsed.GetRequiredValue(output);
        Overwriting.Refuse(parsed, output, path, "the model");
        LinearTraining linear = training.ReadLinear(parsed);
        LinearFitOutcome outcome = new LinearFit(environment, progress).Run(parsed.GetValue(examples)!, parsed.GetValue(features), linear, badRows);
        ModelOutput.Save(outcome.Model, path, environment.Cancellation);
        LinearFitReport report = outcome.ToReport(path, environment.Time.GetElapsedTime(started).TotalSeconds);
        ReportWriter.Write(environment, parsed, report, CliJson.Readable.LinearFitReport, text => LinearText.Write(text, report));
        return ExitCode.Success;
    }

    /// <summary>The parser can demand an option, but not one of two.</summary>
    private static void RefuseWithoutData(CommandResult result, TrainingCommandOptions training, Option interactions, Option examples)
    {
        if (result.GetResult(interactions) is null && result.GetResult(examples) is null)
        {
            result.AddError($"Option '{(training.IsLinear(result) ? examples : interactions).Name}' is required.");
        }
    }

    private static Option? Given(ParseResult parsed, Option option) => OptionFactory.IsGiven(parsed, option) ? option : null;

    private static void Refuse(string why, Option? given)
    {
        if (given is not null)
        {
            throw new UsageException($"{given.Name} has no effect {why}. Leave it out.");
        }
    }
}
