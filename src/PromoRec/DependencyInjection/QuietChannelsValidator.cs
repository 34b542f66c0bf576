using Microsoft.Extensions.Options;
using PromoRec.Push;
using PromoRec.Push.QuietHours;

namespace PromoRec.DependencyInjection;

/// <summary>Reports channels that quiet hours name and nobody knows.</summary>
internal sealed class QuietChannelsValidator(PushEnvironment environment) : IValidateOptions<QuietHoursOptions>
{
    public ValidateOptionsResult Validate(string? name, QuietHoursOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        environment.CheckChannels(options.Channels.Keys, nameof(options.Channels), result);
        return result.Build();
    }
}
