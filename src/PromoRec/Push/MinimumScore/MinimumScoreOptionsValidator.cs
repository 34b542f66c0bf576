using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Push.MinimumScore;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class MinimumScoreOptionsValidator(PushEnvironment environment) : IValidateOptions<MinimumScoreOptions>
{
    public ValidateOptionsResult Validate(string? name, MinimumScoreOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        PushEnvironment.CheckName(options.Name, result);
        if (!float.IsFinite(options.Minimum))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"must be a finite number, but is {options.Minimum}"), nameof(options.Minimum));
        }

        environment.CheckFilter(options.AppliesTo, nameof(options.AppliesTo), result);
        return result.Build();
    }
}
