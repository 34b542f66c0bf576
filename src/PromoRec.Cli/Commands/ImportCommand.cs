using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Cli.Writing;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec import</c>: makes a model of factors that were trained elsewhere.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Argument<string> file = OptionFactory.File("A .npz or safetensors file with user_factors and item_factors, and users and items where rows have ids");
        Option<string> output = OptionFactory.Required("--out", "FILE", "Where the model is saved");
        var command = new Command("import", "Make a model of factors that were trained elsewhere") { file, output };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            Overwriting.Refuse(parsed, output, path, "the model");
            FactorModel model = ModelFile.Import(parsed.GetRequiredValue(file));
            ModelOutput.Save(model, path, environment.Cancellation);
            var report = new ImportReport(path, model.Manifest.Version, model.UserCount, model.ItemCount, model.Factors);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.ImportReport, text =>
                text.WriteLine($"Model {report.Version}: {Quantity.Count(report.Users, "customer", "customers")}, {Quantity.Count(report.Items, "item", "items")}, {report.Factors} factors. Saved to {path}"));
            return ExitCode.Success;
        });
        return command;
    }
}
