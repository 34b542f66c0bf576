using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Push.Ledger;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class LedgerOptionsValidator : IValidateOptions<LedgerOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(800);

    public ValidateOptionsResult Validate(string? name, LedgerOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Retention < Shortest || options.Retention > Longest)
        {
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"must be from 30 to 800 days, but is {options.Retention.TotalDays:0.###}"), nameof(options.Retention));
        }

        return result.Build();
    }

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static void ThrowIfInvalid(LedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateOptionsResult result = new LedgerOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }
    }
}
