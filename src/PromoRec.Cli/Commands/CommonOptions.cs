using System.CommandLine;

namespace PromoRec.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal static class CommonOptions
{
    /// <summary>One JSON object on standard output instead of text.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Write one JSON object to standard output instead of text", Recursive = true };
}
