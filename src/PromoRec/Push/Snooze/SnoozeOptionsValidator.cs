using Microsoft.Extensions.Options;

namespace PromoRec.Push.Snooze;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class SnoozeOptionsValidator : IValidateOptions<SnoozeOptions>
{
    public ValidateOptionsResult Validate(string? name, SnoozeOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Action is not (SnoozeAction.Drop or SnoozeAction.Defer))
        {
            result.AddError($"must be one of SnoozeAction, but is {(int)options.Action}", nameof(options.Action));
        }

        return result.Build();
    }
}
