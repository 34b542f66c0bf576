using Microsoft.Extensions.Options;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Duplicate;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class DuplicateOptionsValidator(PushEnvironment environment) : IValidateOptions<DuplicateOptions>
{
    public ValidateOptionsResult Validate(string? name, DuplicateOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Check(options.OfferCooldown, TimeSpan.MaxValue, nameof(options.OfferCooldown), result);
        Check(options.ContentWindow, LedgerEntry.ShortLabelLife, nameof(options.ContentWindow), result);
        Check(options.NaturalKeyWindow, LedgerEntry.ShortLabelLife, nameof(options.NaturalKeyWindow), result);
        return result.Build();
    }

    private void Check(TimeSpan window, TimeSpan longest, string property, ValidateOptionsResultBuilder result)
    {
        if (window > longest)
        {
            result.AddError($"must be at most {longest.Days} days, because that is how long the ledger remembers it, but is {window.TotalDays:0.###} days", property);
        }
        else if (window != TimeSpan.Zero)
        {
            environment.CheckWindow(window, property, result);
        }
    }
}
