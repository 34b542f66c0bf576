using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec similar</c>: the items nearest to an item.</summary>
internal static class SimilarCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> model = OptionFactory.Required("--model", "FILE", "The model");
        Option<string> item = OptionFactory.Required("--item", "ID", "The item");
        Option<int> top = OptionFactory.Integer("--top", "How many to show", 10, 1, 10_000);
        var command = new Command("similar", "Show the items that are most like an item") { model, item, top };
        command.SetAction(parsed =>
        {
            RecommendationModel loaded = ModelFile.Load(parsed.GetRequiredValue(model));
            ItemId id = Id.Item(parsed.GetRequiredValue(item), item.Name);
            if (!loaded.ContainsItem(id))
            {
                throw InputException.File(parsed.GetRequiredValue(model), $"the model does not know the item '{Excerpt.Of(id.ToString())}'. Check the id; ids are case-sensitive.");
            }

            var report = new SimilarReport(
                id.ToString(),
                loaded.Manifest.Version,
                SimilarityMeasure.Of(loaded),
                [.. loaded.SimilarItems(id, parsed.GetValue(top)).Select(similar => new SimilarEntry(similar.Item.ToString(), similar.Score))]);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.SimilarReport, text =>
            {
                var table = new TextTable(">place", "item", $">{report.Measure}");
                for (int i = 0; i < report.Similar.Count; i++)
                {
                    table.Add($"{i + 1}", report.Similar[i].Item, Quantity.Number(report.Similar[i].Similarity));
                }

                text.WriteLine($"Items most like {report.Item}:");
                if (report.Similar.Count == 0)
                {
                    text.WriteLine("  None: the model knows no other item, or compares none.");
                    return;
                }

                table.Write(text);
            });
            return ExitCode.Success;
        });
        return command;
    }
}
