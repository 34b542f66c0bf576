using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Delivery;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Consent;
using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;
using PromoRec.Push.LegalQuietHours;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Redemption;
using PromoRec.Push.OptOut;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Reach;
using PromoRec.Push.Snooze;
using PromoRec.Push.Suppression;

namespace PromoRec.DependencyInjection;

/// <summary>Puts the push engine together.</summary>
internal static class PushComposition
{
    public static void AddEngine(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IPushEngine)))
        {
            return;
        }

        services.AddOptionsWithValidateOnStart<PushOptions, PushOptionsValidator>();
        services.AddOptionsWithValidateOnStart<LedgerOptions, LedgerOptionsValidator>();
        services.AddSingleton(CreateEnvironment);
        services.AddSingleton(provider => new PushPolicySet(provider.GetServices<PushPolicySource>().SelectMany(source => source.Create(provider))));
        services.AddSingleton<IPushEngine>(CreateEngine);
        AddConsent(services);
        AddOffers(services);
        AddStandardPolicies(services);
    }

    /// <summary>Adds policies of a kind that exists once.</summary>
    public static void AddPolicy(IServiceCollection services, object kind, Func<IServiceProvider, IEnumerable<IPushPolicy>> create)
    {
        if (!services.Any(service => service.ImplementationInstance is PushPolicySource source && source.Kind.Equals(kind)))
        {
            services.AddSingleton(new PushPolicySource(kind, create));
        }
    }

    /// <summary>Keeps the options of one rule among several of its kind, and checks them at start.</summary>
    /// <returns>The name under which they are kept.</returns>
    public static string AddRule<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceCollection services, Action<TOptions> configure, Func<PushEnvironment, IValidateOptions<TOptions>> validator)
        where TOptions : class
    {
        if (services.Select(service => service.ImplementationInstance).OfType<PushRuleNames<TOptions>>().FirstOrDefault() is not { } names)
        {
            // Whatever the host has said of such options before, nothing but this says that they are checked.
            services.AddSingleton(names = new PushRuleNames<TOptions>());
            services.AddSingleton(provider => validator(provider.GetRequiredService<PushEnvironment>()));
        }

        string name = names.Next();
        services.AddOptions<TOptions>(name).Configure(configure).ValidateOnStart();
        return name;
    }

    public static TOptions Get<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);

    private static void AddConsent(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ConsentOptions, ConsentOptionsValidator>();
        services.AddSingleton(provider => provider.GetServices<PackChange>().Aggregate(JurisdictionPacks.Shipped, (packs, change) => change.Apply(packs)));
        services.AddSingleton<IConsentObserver>(provider => new LedgerConsentObserver(
            Required<IReservationLedger>(provider), provider.GetRequiredService<JurisdictionPacks>(), Options<PushOptions>(provider).OptOut));
        services.AddSingleton(provider => new ConsentService(
            Required<IConsentStore>(provider),
            provider.GetRequiredService<JurisdictionPacks>(),
            provider.GetServices<IConsentObserver>(),
            provider.GetService<TimeProvider>(),
            Options<ConsentOptions>(provider)));
    }

    private static void AddOffers(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OfferLimitOptions, OfferLimitOptionsValidator>();
        services.TryAddSingleton<InMemoryOfferRules>();
        services.TryAddSingleton<IOfferRules>(provider => provider.GetRequiredService<InMemoryOfferRules>());
        services.AddSingleton(provider => new OfferLimits(provider.GetRequiredService<IOfferRules>(), Options<OfferLimitOptions>(provider)));
        services.AddSingleton(provider => new OfferRedemptions(
            provider.GetRequiredService<OfferLimits>(),
            Required<IReservationLedger>(provider),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            Options<PushOptions>(provider).Zones,
            provider.GetRequiredService<JurisdictionPacks>()));
    }

    /// <summary>What every shop needs.</summary>
    private static void AddStandardPolicies(IServiceCollection services)
    {
        AddPolicy(services, typeof(SuppressionPolicy), _ => [new SuppressionPolicy()]);
        AddPolicy(services, typeof(ConsentPolicy), provider => [new ConsentPolicy(provider.GetRequiredService<JurisdictionPacks>(), Options<PushOptions>(provider).Consent)]);
        AddPolicy(services, typeof(PermissionPolicy), provider => [new PermissionPolicy(provider.GetRequiredService<JurisdictionPacks>())]);
        AddPolicy(services, typeof(OptOutPolicy), provider => [new OptOutPolicy(Options<PushOptions>(provider).OptOut)]);
        AddPolicy(services, typeof(SnoozePolicy), provider => [new SnoozePolicy(Options<PushOptions>(provider).Snooze)]);
        AddPolicy(services, typeof(OfferEligibilityPolicy), provider => [new OfferEligibilityPolicy(provider.GetRequiredService<OfferLimits>())]);
        AddPolicy(services, typeof(HeadroomPolicy), provider => [new HeadroomPolicy(provider.GetRequiredService<OfferLimits>())]);
        AddPolicy(services, typeof(LegalQuietHoursPolicy), provider => !Options<PushOptions>(provider).LegalQuietHours
            ? []
            : [new LegalQuietHoursPolicy(provider.GetRequiredService<JurisdictionPacks>(), Options<QuietHoursOptions>(provider))]);
        AddPolicy(services, typeof(ReachPolicy), provider => [new ReachPolicy(provider.GetRequiredService<PushEnvironment>())]);
    }

    private static TOptions Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(IServiceProvider provider)
        where TOptions : class => provider.GetRequiredService<IOptions<TOptions>>().Value;

    private static TService Required<TService>(IServiceProvider provider)
        where TService : class => provider.GetService<TService>() ?? throw new InvalidOperationException(
            $"Nothing keeps reservations and consent: choose a store, such as UseInMemoryPushStore() for tests or that of PromoRec.Sqlite or PromoRec.PostgreSql ({typeof(TService).Name}).");

    private static PushEnvironment CreateEnvironment(IServiceProvider provider) => new(
        Options<LedgerOptions>(provider).Retention,
        Options<PushOptions>(provider).Channels.Concat(provider.GetServices<IPushChannel>().Select(channel => channel.Channel)));

    private static PushEngine CreateEngine(IServiceProvider provider)
    {
        List<string> missing = [];
        IReservationLedger? ledger = provider.GetService<IReservationLedger>();
        IConsentStore? consents = provider.GetService<IConsentStore>();
        IPushCustomerSource? customers = provider.GetService<IPushCustomerSource>();
        if (ledger is null || consents is null)
        {
            missing.Add($"a store of {(ledger is not null ? "consent" : consents is not null ? "reservations" : "reservations and consent")}: choose one, such as UseInMemoryPushStore() for tests or that of PromoRec.Sqlite or PromoRec.PostgreSql");
        }

        if (customers is null)
        {
            missing.Add("a source of customers: choose one with UsePushCustomers<T>()");
        }

        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"The push engine lacks {string.Join("; and ", missing)}.");
        }

        return new PushEngine(
            provider.GetRequiredService<PushPolicySet>(),
            new ZoneResolver(Options<PushOptions>(provider).Zones, provider.GetRequiredService<JurisdictionPacks>()).Resolve,
            ledger!,
            consents!,
            customers!,
            Options<PushOptions>(provider),
            (ILogger?)provider.GetService<ILogger<IPushEngine>>() ?? NullLogger.Instance);
    }
}
