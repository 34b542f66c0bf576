using System.Text.Json;

namespace PromoRec.Cli.Tests;

/// <summary>What a command that ran in process returned and wrote.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>Fails with a code, one line that holds a text, and nothing on standard output.</summary>
    public CommandResult FailedWith(int exitCode, string message)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}: {Error}");
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Empty(Output);
        return this;
    }
}
