using System.CommandLine;
using PromoRec.Cli.Output;
using PromoRec.Cli.Push;
using PromoRec.Cli.Reading;
using PromoRec.Push.PolicyFile;

namespace PromoRec.Cli.Commands;

/// <summary>Options of commands that decide about pushes.</summary>
internal sealed class PushCommandOptions(InputOptions input)
{
    private readonly Option<string> _policies = OptionFactory.Required("--policies", "FILE", "The policy file");
    private readonly Option<bool> _consent = OptionFactory.Flag("--assume-consent", "Take customers of whom nothing is said to be reachable everywhere and to have agreed to everything");
    private readonly Option<string?> _country = OptionFactory.Text("--assume-country", "XX", "The country of customers of whom the file does not say it, such as DE");
    private readonly Option<string?> _zone = OptionFactory.Text("--assume-zone", "ZONE", "The time zone of customers of whom the file does not say it, such as Europe/Berlin");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _policies, _consent, _country, _zone })
        {
            command.Options.Add(option);
        }
    }

    public PushPolicyFile ReadPolicies(ParseResult parsed, ProgressLine progress) => PolicyReader.Read(parsed.GetRequiredValue(_policies), progress);

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
        var assumed = new Assumptions(path is null || parsed.GetValue(_consent), Country(parsed), Zone(parsed));
        if (path is null)
        {
            string unknown = (assumed.Country, assumed.Zone) switch
            {
                (null, null) => ", in a country and time zone that nobody knows; --assume-country and --assume-zone say others",
                (null, _) => ", in a country that nobody knows; --assume-country says another",
                (_, null) => ", in a time zone that nobody knows; --assume-zone says another",
                _ => string.Empty,
            };
            progress.Say($"There is no --customers file, so everybody is taken to be reachable everywhere and to have agreed to everything{unknown}.");
        }

        List<CustomerRow> rows = path is null ? [] : PushCustomerReader.Read(path, channels, input.Zone(parsed), badRows, cancellationToken);
        return new PushAudience(rows, channels, assumed);
    }

    private string? Country(ParseResult parsed) => parsed.GetValue(_country) is not { } country ? null
        : PlaceNames.Country(country) ?? throw new UsageException($"{_country.Name}: {PlaceNames.UnknownCountry(country)}");

    private string? Zone(ParseResult parsed) => parsed.GetValue(_zone) is not { } zone ? null
        : PlaceNames.IsZone(zone) ? zone
        : throw new UsageException($"{_zone.Name}: {PlaceNames.UnknownZone(zone)}");
}
