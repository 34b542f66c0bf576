using System.Globalization;
using Microsoft.Extensions.Options;
using PromoRec.Push.Calendar;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class OfferLimitOptionsValidator : IValidateOptions<OfferLimitOptions>
{
    public const int MinKeyLength = 16;

    /// <summary>Lowest redemption rate; a lower one would be as good as no limit.</summary>
    public const decimal MinRate = 0.000001m;

    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, OfferLimitOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach ((string property, string fault) in Faults(options))
        {
            result.AddError(fault, property);
        }

        return result.Build();
    }

    public static void ThrowIfInvalid(OfferLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. Faults(options).Select(each => $"{each.Property} {each.Fault}")];
        if (faults.Length > 0)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidPolicy, $"The options of offer limits cannot be used:\n- {string.Join("\n- ", faults)}");
        }
    }

    private static IEnumerable<(string Property, string Fault)> Faults(OfferLimitOptions options) =>
        [.. OfTime(options), .. OfMoney(options), .. OfStacking(options), .. OfPushes(options)];

    private static IEnumerable<(string Property, string Fault)> OfTime(OfferLimitOptions options)
    {
        if (!LocalCalendar.TryGet(options.ShopZone, out _))
        {
            yield return (nameof(options.ShopZone), $"must be an IANA time zone that this machine knows, such as \"Europe/Berlin\", but is \"{options.ShopZone}\"");
        }

        if (!Enum.IsDefined(options.WeekStart))
        {
            yield return (nameof(options.WeekStart), $"must be a day of the week, but is {options.WeekStart}");
        }

        if (options.ReservationTimeToLive < TimeSpan.FromSeconds(1) || options.ReservationTimeToLive > MaxTimeToLive)
        {
            yield return (nameof(options.ReservationTimeToLive), $"must be from one second to seven days, but is {options.ReservationTimeToLive:c}");
        }

        if (options.PseudonymKey.Length is > 0 and < MinKeyLength)
        {
            yield return (nameof(options.PseudonymKey), $"must have {MinKeyLength} bytes or more, but has {options.PseudonymKey.Length}");
        }
    }

    private static IEnumerable<(string Property, string Fault)> OfMoney(OfferLimitOptions options)
    {
        if (options.Currency is { } currency && !IsCurrency(currency))
        {
            yield return (nameof(options.Currency), $"must be three letters of ISO 4217, such as \"EUR\", but is \"{currency}\"");
        }

        if (options.CurrencyDecimals is < 0 or > Money.Decimals)
        {
            yield return (nameof(options.CurrencyDecimals), Text($"must be from 0 to {Money.Decimals}, but is {options.CurrencyDecimals}"));
        }

        if (!Enum.IsDefined(options.PriceClaims))
        {
            yield return (nameof(options.PriceClaims), $"is {options.PriceClaims}, which is none of the checks there are");
        }

        foreach (string? country in options.PriceClaimCountries.Where(country => country is not { Length: 2 } || !country.All(char.IsAsciiLetterUpper)))
        {
            yield return (nameof(options.PriceClaimCountries), $"must hold two capital letters of ISO 3166-1 each, but holds \"{country}\"");
        }
    }

    private static IEnumerable<(string Property, string Fault)> OfStacking(OfferLimitOptions options)
    {
        if (!Enum.IsDefined(options.ProductStacking))
        {
            yield return (nameof(options.ProductStacking), $"is {options.ProductStacking}, which is none of those there are");
        }

        if (string.IsNullOrWhiteSpace(options.MemberSegment))
        {
            yield return (nameof(options.MemberSegment), "must name a segment, but is blank");
        }

        foreach (StackingGroup? group in options.Groups)
        {
            if (group is null || string.IsNullOrWhiteSpace(group.Name) || !Enum.IsDefined(group.Mode))
            {
                yield return (nameof(options.Groups), "must hold groups with a name and one of the four modes");
            }
            else if (options.Groups.Count(other => other?.Name == group.Name) > 1)
            {
                yield return (nameof(options.Groups), $"has several groups named \"{group.Name}\"");
            }
        }
    }

    private static IEnumerable<(string Property, string Fault)> OfPushes(OfferLimitOptions options)
    {
        if (options.RedemptionRate is < MinRate or > 1)
        {
            yield return (nameof(options.RedemptionRate), Text($"must be from {MinRate} to 1, but is {options.RedemptionRate}"));
        }

        if (options.Overbook is < 0 or > 10)
        {
            yield return (nameof(options.Overbook), Text($"must be from 0 to 10, but is {options.Overbook}"));
        }

        if (options.AnswerDays is < 1 or > 31)
        {
            yield return (nameof(options.AnswerDays), Text($"must be from 1 to 31, but is {options.AnswerDays}"));
        }
    }

    public static bool IsCurrency(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetterUpper);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
