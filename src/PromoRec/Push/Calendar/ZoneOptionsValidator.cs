using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Push.Calendar;

/// <summary>Finds every fault of <see cref="ZoneOptions"/> at once.</summary>
internal sealed class ZoneOptionsValidator : IValidateOptions<ZoneOptions>
{
    public ValidateOptionsResult Validate(string? name, ZoneOptions options)
    {
        List<string> faults = [.. Faults(options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static void ThrowIfInvalid(ZoneOptions options, string parameterName)
    {
        string faults = string.Join(' ', Faults(options));
        if (faults.Length > 0)
        {
            throw new ArgumentException(faults, parameterName);
        }
    }

    private static IEnumerable<string> Faults(ZoneOptions options)
    {
        if (!Enum.IsDefined(options.Unknown))
        {
            yield return $"{nameof(options.Unknown)} must be Jurisdiction, Block, FallbackZone or IntersectAll, but is {options.Unknown}.";
        }

        if (options.FallbackZone is null)
        {
            if (options.Unknown == UnknownZonePolicy.FallbackZone)
            {
                yield return $"{nameof(options.FallbackZone)} must be set when {nameof(options.Unknown)} is FallbackZone; give the shop's zone, such as \"Europe/Berlin\".";
            }
        }
        else if (!LocalCalendar.TryGet(options.FallbackZone, out _))
        {
            yield return $"{nameof(options.FallbackZone)} must be a time zone that this machine knows, in the spelling of IANA such as \"Europe/Berlin\", but is "
                + $"\"{options.FallbackZone}\"; correct the name, or install the time zone data (Debian: tzdata).";
        }

        if (!(options.MinimumConfidence is >= 0 and <= 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{nameof(options.MinimumConfidence)} must be from 0 to 1, but is {options.MinimumConfidence:R}.");
        }
    }
}
