using Microsoft.Extensions.Options;

namespace PromoRec.Push.Cooldown;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class CooldownOptionsValidator(PushEnvironment environment) : IValidateOptions<CooldownOptions>
{
    public ValidateOptionsResult Validate(string? name, CooldownOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        PushEnvironment.CheckName(options.Name, result);
        if (!Enum.IsDefined(options.After))
        {
            result.AddError($"must be Redeemed or Dismissed, but is {(int)options.After}", nameof(options.After));
        }

        PushEnvironment.CheckLength(options.Length, nameof(options.Length), result);
        environment.CheckFilter(options.AppliesTo, nameof(options.AppliesTo), result);
        return result.Build();
    }
}
