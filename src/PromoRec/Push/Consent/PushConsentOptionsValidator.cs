using Microsoft.Extensions.Options;

namespace PromoRec.Push.Consent;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class PushConsentOptionsValidator : IValidateOptions<PushConsentOptions>
{
    public ValidateOptionsResult Validate(string? name, PushConsentOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.SellerId is not null && string.IsNullOrWhiteSpace(options.SellerId))
        {
            result.AddError("must name the seller, but is blank; leave it null where no sale permits advertising", nameof(options.SellerId));
        }

        if (options.SellerId is null && options.SimilarCategories.Count > 0)
        {
            result.AddError("names similar categories, but without a seller no sale permits anything; set SellerId, or leave the list empty", nameof(options.SimilarCategories));
        }

        foreach ((string advertised, ISet<string>? sold) in options.SimilarCategories)
        {
            if (string.IsNullOrWhiteSpace(advertised) || sold is null || sold.Any(string.IsNullOrWhiteSpace))
            {
                result.AddError($"has a category without a name at '{advertised}'; name it, or leave it out", nameof(options.SimilarCategories));
            }
        }

        return result.Build();
    }
}
