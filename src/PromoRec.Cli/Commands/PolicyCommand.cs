using System.CommandLine;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec policy</c>: what there is to do with a policy file.</summary>
internal static class PolicyCommand
{
    public static Command Create(CommandEnvironment environment) =>
        new("policy", "Check a file of push policies, or try it on what happened") { PolicyCheckCommand.Create(environment), PolicySimulateCommand.Create(environment) };
}
