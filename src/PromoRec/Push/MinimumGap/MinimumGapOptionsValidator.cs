using Microsoft.Extensions.Options;

namespace PromoRec.Push.MinimumGap;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class MinimumGapOptionsValidator(PushEnvironment environment) : IValidateOptions<MinimumGapOptions>
{
    public ValidateOptionsResult Validate(string? name, MinimumGapOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        PushEnvironment.CheckName(options.Name, result);
        PushEnvironment.CheckScope(options.Scope, options.KeyName, result);
        environment.CheckWindow(options.Gap, nameof(options.Gap), result);
        if (!Enum.IsDefined(options.Action))
        {
            result.AddError($"must be Drop or Defer, but is {(int)options.Action}", nameof(options.Action));
        }

        environment.CheckFilter(options.AppliesTo, nameof(options.AppliesTo), result);
        environment.CheckFilter(options.CountOnly, nameof(options.CountOnly), result);
        return result.Build();
    }
}
