using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Consent;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class ConsentOptionsValidator : IValidateOptions<ConsentOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public ValidateOptionsResult Validate(string? name, ConsentOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.DoubleOptInLifetime < Shortest || options.DoubleOptInLifetime > Longest)
        {
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"must be from {Shortest:c} to {Longest:c}, but is {options.DoubleOptInLifetime:c}"), nameof(options.DoubleOptInLifetime));
        }

        return result.Build();
    }
}
