using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Commands;

/// <summary><c>promorec policy check</c>: finds what is wrong with a policy file, and says in words what it means.</summary>
internal static class PolicyCheckCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Argument<string> file = OptionFactory.File("The policy file");
        var command = new Command("check", "Find what is wrong with a policy file, and say in words what it means") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            try
            {
                PushPolicyFile policies = PolicyReader.Read(path, new ProgressLine(environment));
                PolicyCheckReport report = PolicyCheckReport.Of(path, policies);
                ReportWriter.Write(environment, parsed, report, CliJson.Readable.PolicyCheckReport, text => PolicyText.Write(text, report));
                return ExitCode.Success;
            }
            catch (PolicyFileException fault) when (parsed.GetValue(CommonOptions.Json))
            {
                // Editors and build servers want the places of the faults, which are the result of this command.
                PolicyCheckReport report = PolicyCheckReport.Of(path, fault);
                ReportWriter.Write(environment, parsed, report, CliJson.Readable.PolicyCheckReport, static _ => { });
                PolicyFaults.Write(environment.Error, fault);
                return ExitCode.BadInput;
            }
        });
        return command;
    }
}
