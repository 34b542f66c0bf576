using System.CommandLine;

namespace PromoRec.Cli.Commands;

internal static class FitCommand
{
    public static Command Create(CommandEnvironment environment) => new("fit", environment.ToString());
}
