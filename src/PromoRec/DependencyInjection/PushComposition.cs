using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Delivery;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;
using PromoRec.Push.Reach;

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
        AddPolicy(services, typeof(ReachPolicy), provider => [new ReachPolicy(provider.GetRequiredService<PushEnvironment>())]);
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
    public static string AddRule<TOptions>(IServiceCollection services, Action<TOptions> configure, Func<PushEnvironment, IValidateOptions<TOptions>> validator)
        where TOptions : class
    {
        int number = services.Count(service => service.ServiceType == typeof(IConfigureOptions<TOptions>));
        string name = $"{typeof(TOptions).Name} {number + 1}";
        if (number == 0)
        {
            services.AddSingleton(provider => validator(provider.GetRequiredService<PushEnvironment>()));
        }

        services.AddOptions<TOptions>(name).Configure(configure).ValidateOnStart();
        return name;
    }

    public static TOptions Get<TOptions>(IServiceProvider provider, string name) => provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);

    private static PushEnvironment CreateEnvironment(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<LedgerOptions>>().Value.Retention,
        provider.GetRequiredService<IOptions<PushOptions>>().Value.Channels.Concat(provider.GetServices<IPushChannel>().Select(channel => channel.Channel)));

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
            ZoneOf,
            ledger!,
            consents!,
            customers!,
            provider.GetRequiredService<IOptions<PushOptions>>().Value,
            (ILogger?)provider.GetService<ILogger<IPushEngine>>() ?? NullLogger.Instance);
    }

    private static CustomerZone ZoneOf(PushCustomer customer) =>
        LocalCalendar.TryGet(customer.DeviceZone, out LocalCalendar? calendar) || LocalCalendar.TryGet(customer.ProfileZone, out calendar)
            ? new CustomerZone(ZoneSource.Profile, [calendar])
            : default;
}
