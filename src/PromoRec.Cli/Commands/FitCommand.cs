using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec fit</c>: trains a model on a file of interactions and saves it.</summary>
internal static class FitCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> interactions = OptionFactory.Required("--interactions", "FILE", "What customers did: CSV, TSV or JSON Lines, plain or gzip, with columns user,item[,kind][,value][,at][,offer][,event]");
        Option<string> output = OptionFactory.Required("--out", "FILE", "Where the model is saved");
        var input = new InputOptions();
        var reading = new InteractionOptions(string.Empty, input);
        var dataset = new DatasetCommandOptions();
        var training = new TrainingCommandOptions();
        var command = new Command("fit", "Train a model on what customers did") { interactions, output };
        reading.AddTo(command);
        input.AddTo(command);
        dataset.AddTo(command);
        training.AddTo(command);
        command.SetAction(parsed =>
        {
            long started = environment.Time.GetTimestamp();
            var progress = new ProgressLine(environment);
            bool ratings = training.LearnsRatings(parsed);
            InteractionReadOptions readOptions = reading.Read(parsed, ratings: ratings);
            DatasetOptions datasetOptions = dataset.Read(parsed, ratings);
            string path = parsed.GetRequiredValue(output);
            Overwriting.Refuse(parsed, output, path, "the model");
            ModelTrainer trainer = training.Read(parsed);
            TrainingOutcome outcome = new TrainingRun(environment, progress)
                .FromFile(parsed.GetRequiredValue(interactions), readOptions, datasetOptions, trainer, input.BadRows(parsed, progress));
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

        if (report.Model is not null)
        {
            text.WriteLine($"Saved to {report.Model}");
        }
    }
}
