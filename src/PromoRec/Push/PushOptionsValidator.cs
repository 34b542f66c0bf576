using System.Globalization;
using Microsoft.Extensions.Options;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.Snooze;

namespace PromoRec.Push;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class PushOptionsValidator : IValidateOptions<PushOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, PushOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.TimeToLive < Shortest || options.TimeToLive > Longest)
        {
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"must be from one second to 24 hours, but is {options.TimeToLive.TotalSeconds:0.###} seconds"),
                nameof(options.TimeToLive));
        }

        if (options.Channels.Any(channel => channel.IsEmpty))
        {
            result.AddError("has a channel without a name", nameof(options.Channels));
        }

        Add(nameof(options.Zones), new ZoneOptionsValidator().Validate(null, options.Zones), result);
        Add(nameof(options.Consent), new PushConsentOptionsValidator().Validate(null, options.Consent), result);
        Add(nameof(options.Snooze), new SnoozeOptionsValidator().Validate(null, options.Snooze), result);
        return result.Build();
    }

    private static void Add(string part, ValidateOptionsResult ofPart, ValidateOptionsResultBuilder result)
    {
        foreach (string fault in ofPart.Failures ?? [])
        {
            result.AddError(fault, part);
        }
    }
}
