using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PromoRec.DependencyInjection;
using PromoRec.Push;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.Offers;
using PromoRec.Push.QuietHours;

namespace PromoRec;

/// <summary>Adds policies to the push engine. Inside a <see cref="PushStage"/>, policies are asked in the order in which they were added.</summary>
/// <remarks>Options are checked when the host starts, or else when the engine is first resolved, and all faults of a rule are reported at once.</remarks>
public static class PromoRecPushPolicyExtensions
{
    /// <summary>Adds a cap: how many pushes a customer may get in some time. Each call adds one more, and all of them hold.</summary>
    public static PromoRecBuilder AddFrequencyCap(this PromoRecBuilder builder, Action<FrequencyCapOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        IServiceCollection services = builder.AddPush().Services;
        string name = PushComposition.AddRule(services, configure, environment => new FrequencyCapOptionsValidator(environment));
        int index = services.Count(service => service.ServiceType == typeof(FrequencyCapName));
        services.AddSingleton(new FrequencyCapName(name));
        services.TryAddSingleton<FrequencyCaps>();
        PushComposition.AddPolicy(services, name, provider => [provider.GetRequiredService<FrequencyCaps>()[index]]);
        return builder;
    }

    /// <summary>Adds a gap: how long a customer is left in peace between two pushes. Each call adds one more, and all of them hold.</summary>
    public static PromoRecBuilder AddMinimumGap(this PromoRecBuilder builder, Action<MinimumGapOptions> configure) =>
        builder.AddRule(configure, environment => new MinimumGapOptionsValidator(environment), options => new MinimumGapPolicy(options));

    /// <summary>Adds a cooldown: how long an offer is not pushed to a customer who has redeemed or dismissed it. Each call adds one more.</summary>
    public static PromoRecBuilder AddCooldown(this PromoRecBuilder builder, Action<CooldownOptions> configure) =>
        builder.AddRule(configure, environment => new CooldownOptionsValidator(environment), options => new CooldownPolicy(options));

    /// <summary>Adds a smallest score that is pushed. Each call adds one more.</summary>
    public static PromoRecBuilder AddMinimumScore(this PromoRecBuilder builder, Action<MinimumScoreOptions> configure) =>
        builder.AddRule(configure, environment => new MinimumScoreOptionsValidator(environment), options => new MinimumScorePolicy(options));

    /// <summary>Drops what a customer was sent a short while ago: the same offer, the same text, the same push under another key. A second call configures on.</summary>
    public static PromoRecBuilder AddDuplicateSuppression(this PromoRecBuilder builder, Action<DuplicateOptions>? configure = null)
    {
        IServiceCollection services = builder.AddPush().Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DuplicateOptions>, DuplicateOptionsValidator>());
        services.AddOptions<DuplicateOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        PushComposition.AddPolicy(
            services, typeof(DuplicatePolicy), provider => DuplicatePolicy.Create(provider.GetRequiredService<IOptions<DuplicateOptions>>().Value));
        return builder;
    }

    /// <summary>Adds the shop's own quiet hours, besides those of the customer's jurisdiction. A second call configures on.</summary>
    public static PromoRecBuilder AddQuietHours(this PromoRecBuilder builder, Action<QuietHoursOptions>? configure = null)
    {
        IServiceCollection services = builder.AddPush().Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QuietHoursOptions>, QuietHoursOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QuietHoursOptions>, QuietChannelsValidator>());
        services.AddOptions<QuietHoursOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        PushComposition.AddPolicy(
            services,
            typeof(QuietHoursPolicy),
            provider => [new QuietHoursPolicy(provider.GetRequiredService<IOptions<QuietHoursOptions>>().Value, provider.GetService<IQuietCalendar>())]);
        return builder;
    }

    /// <summary>Sets what holds for the limits of all offers. A second call configures on.</summary>
    public static PromoRecBuilder AddOfferLimits(this PromoRecBuilder builder, Action<OfferLimitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddPush().Services.Configure(configure);
        return builder;
    }

    /// <summary>Adds a policy of the host, made by the container once. A second call for the same type adds nothing.</summary>
    public static PromoRecBuilder AddPushPolicy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPolicy>(this PromoRecBuilder builder)
        where TPolicy : class, IPushPolicy
    {
        IServiceCollection services = builder.AddPush().Services;
        services.TryAddSingleton<TPolicy>();
        PushComposition.AddPolicy(services, typeof(TPolicy), provider => [provider.GetRequiredService<TPolicy>()]);
        return builder;
    }

    /// <summary>Adds a policy that the host has made. Its name tells it from others.</summary>
    public static PromoRecBuilder AddPushPolicy(this PromoRecBuilder builder, IPushPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        PushComposition.AddPolicy(builder.AddPush().Services, policy, _ => [policy]);
        return builder;
    }

    private static PromoRecBuilder AddRule<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this PromoRecBuilder builder, Action<TOptions> configure, Func<PushEnvironment, IValidateOptions<TOptions>> validator, Func<TOptions, IPushPolicy> create)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        IServiceCollection services = builder.AddPush().Services;
        string name = PushComposition.AddRule(services, configure, validator);
        PushComposition.AddPolicy(services, name, provider => [create(PushComposition.Get<TOptions>(provider, name))]);
        return builder;
    }
}
