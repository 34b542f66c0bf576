using Microsoft.Extensions.Options;
using PromoRec.Profiles;

namespace PromoRec.DependencyInjection;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class CustomerProfileOptionsValidator : IValidateOptions<CustomerProfileOptions>
{
    public ValidateOptionsResult Validate(string? name, CustomerProfileOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (string fault in options.Faults())
        {
            result.AddError(fault);
        }

        return result.Build();
    }
}
