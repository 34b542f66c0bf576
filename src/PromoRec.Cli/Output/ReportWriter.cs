using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PromoRec.Cli.Commands;

namespace PromoRec.Cli.Output;

/// <summary>Writes a result to standard output: one JSON object with --json, text without.</summary>
internal static class ReportWriter
{
    public static void Write<T>(CommandEnvironment environment, ParseResult parsed, T report, JsonTypeInfo<T> json, Action<TextWriter> text)
    {
        if (parsed.GetValue(CommonOptions.Json))
        {
            environment.Output.WriteLine(JsonSerializer.Serialize(report, json));
        }
        else
        {
            text(environment.Output);
        }
    }
}
