using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec inspect</c>: what stands in a model file, and whether it is what was written.</summary>
internal static class InspectCommand
{
    /// <summary>Features that are named in text; JSON has all of them.</summary>
    private const int MostFeatures = 20;

    public static Command Create(CommandEnvironment environment)
    {
        Argument<string> file = OptionFactory.File("A model file, or any safetensors file");
        var command = new Command("inspect", "Show what a model file holds, and check it") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            ModelFileInfo info = ModelFile.Inspect(path);
            InspectReport report = Describe(path, info);
            ReportWriter.Write(environment, parsed, report, CliJson.Readable.InspectReport, text => WriteText(text, report));
            if (info.Checksum != ModelChecksum.Differs)
            {
                return ExitCode.Success;
            }

            environment.Error.WriteLine($"error: {path}: the checksum differs, so the file is damaged. Restore it from a copy, or train again.");
            return ExitCode.BadModel;
        });
        return command;
    }

    private static InspectReport Describe(string path, ModelFileInfo info) => new()
    {
        File = path,
        Bytes = info.ByteCount,
        IsModel = info.IsModel,
        FormatVersion = info.FormatVersion,
        Version = info.Manifest?.Version,
        Algorithm = info.Manifest?.Algorithm,
        Factors = info.Factors,
        Seed = info.Manifest?.Seed,
        DataFingerprint = info.Manifest?.DataFingerprint,
        Options = info.Manifest?.Options,
        Metrics = info.Manifest?.Metrics,
        Hybrid = HybridReport.Of(info.Metadata),
        Metadata = info.Metadata,
        Features = info.Features is null ? null : [.. info.Features.Fields.Select(field => new FeatureFieldEntry(field.Name, field.Kind.ToString().ToLowerInvariant()))],
        Columns = info.Features?.ColumnCount ?? 0,
        Tensors = [.. info.Tensors.Select(t => new TensorEntry(t.Name, t.DataType, t.Shape, t.Offset, t.ByteCount, Name(t.Checksum)))],
        Checksum = Name(info.Checksum),
    };

    private static void WriteText(TextWriter text, InspectReport report)
    {
        text.WriteLine($"{report.File}: {Quantity.Bytes(report.Bytes)}, checksum {report.Checksum}");
        if (!report.IsModel)
        {
            text.WriteLine("Not a PromoRec model; its factors may be imported with 'promorec import'.");
        }
        else
        {
            text.WriteLine($"Model {report.Version}: {report.Algorithm}, {(report.Factors > 0 ? $"{report.Factors} factors, " : string.Empty)}seed {report.Seed}, format {report.FormatVersion}");
            text.WriteLine($"Data fingerprint {(string.IsNullOrEmpty(report.DataFingerprint) ? "unknown" : report.DataFingerprint)}");
            if (report.Features is { } features)
            {
                text.WriteLine($"Features: {Quantity.Count(report.Columns, "column", "columns")}; {string.Join(", ", features.Take(MostFeatures).Select(field => $"{field.Name} ({field.Kind})"))}{(features.Count > MostFeatures ? $" and {features.Count - MostFeatures:N0} more" : string.Empty)}");
            }

            if (report.Hybrid is { } hybrid)
            {
                HybridText.Write(text, hybrid);
            }

            WritePairs(text, "Options", report.Options!);
            WritePairs(text, "Metrics", report.Metrics!.ToDictionary(m => m.Key, m => Quantity.Number(m.Value)));
        }

        text.WriteLine("Tensors:");
        var table = new TextTable("name", "type", ">shape", ">bytes", ">offset", "checksum");
        foreach (TensorEntry tensor in report.Tensors)
        {
            table.Add(tensor.Name, tensor.Type, string.Join(" x ", tensor.Shape), $"{tensor.Bytes}", $"{tensor.Offset}", tensor.Checksum);
        }

        table.Write(text);
    }

    private static void WritePairs(TextWriter text, string title, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count > 0)
        {
            text.WriteLine($"{title}: {string.Join(", ", pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"))}");
        }
    }

    private static string Name(ModelChecksum checksum) => checksum switch
    {
        ModelChecksum.Matches => "matches",
        ModelChecksum.Differs => "differs",
        _ => "absent",
    };
}
