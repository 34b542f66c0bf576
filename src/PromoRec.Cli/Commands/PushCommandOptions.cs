using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Push;
using PromoRec.Cli.Reading;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that decide about pushes.</summary>
internal sealed class PushCommandOptions(InputOptions input)
{
    private readonly Option<bool> _assume = OptionFactory.Flag("--assume-consent", "Take customers of whom nothing is said to be reachable everywhere and to have agreed to everything");

    public Option<string> Policies { get; } = OptionFactory.Required("--policies", "FILE", "The policy file");

    public void AddTo(Command command)
    {
        command.Options.Add(Policies);
        command.Options.Add(_assume);
    }

    public PushPolicyFile ReadPolicies(ParseResult parsed, ProgressLine progress) => PolicyReader.Read(parsed.GetRequiredValue(Policies), progress);

    /// <summary>Reads a customers file, or takes everybody to have agreed where there is none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="channels">The channels there are.</param>
    /// <param name="badRows">Takes what cannot be used.</param>
    /// <param name="progress">Told what is assumed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public PushAudience ReadCustomers(
        ParseResult parsed, string? path, ChannelNames channels, BadRows badRows, ProgressLine progress, CancellationToken cancellationToken)
    {
        bool assume = path is null || parsed.GetValue(_assume);
        if (path is null)
        {
            progress.Say("There is no --customers file, so everybody is taken to be reachable everywhere and to have agreed to everything.");
        }

        List<CustomerRow> rows = path is null ? [] : PushCustomerReader.Read(path, channels, input.Zone(parsed), badRows, cancellationToken);
        return new PushAudience(rows, channels, assume);
    }
}
