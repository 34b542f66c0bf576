using System.CommandLine;

namespace PromoRec.Cli.Commands;

/// <summary>The option of commands that can write what they found as a page with pictures.</summary>
internal static class ReportOption
{
    public static Option<string?> Create() => OptionFactory.Text("--report", "FILE", "Write a page with pictures (HTML, complete in itself); with training, seven smaller ones are made for the learning curves");

    /// <summary>Where the page goes; null where none is asked for.</summary>
    /// <exception cref="UsageException">It would replace an input.</exception>
    public static string? Read(ParseResult parsed, Option<string?> option)
    {
        string? path = parsed.GetValue(option);
        if (path is not null)
        {
            Overwriting.Refuse(parsed, option, path, "the report");
        }

        return path;
    }
}
