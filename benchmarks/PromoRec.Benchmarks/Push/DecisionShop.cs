using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Duplicate;
using PromoRec.Push.Engine;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Suppression;

namespace PromoRec.Benchmarks.Push;

/// <summary>One customer in Berlin who got ten messages in two months and may get another one at noon.</summary>
/// <param name="Engine">Decides.</param>
/// <param name="Request">What would be sent.</param>
/// <param name="Snapshot">What is known.</param>
internal sealed record DecisionShop(IPushEngine Engine, PushRequest Request, PushSnapshot Snapshot)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 11, 0, 0, TimeSpan.Zero);

    private static PushRequest Push => new()
    {
        UserId = "ann",
        Offer = new Offer { Id = "spring", Terms = OfferTerms.CashOff(5) },
        Channel = ChannelId.Email,
        Campaign = "spring-2026",
        Category = "food",
        Topic = "offers/food",
        ContentHash = "a text",
        Score = 1,
    };

    /// <summary>Eight policies: suppression, score, three kinds of duplicates, quiet hours, a cap and a gap.</summary>
    public static async Task<DecisionShop> OfEightAsync()
    {
        DecisionShop all = await OfAllAsync();
        CustomerZone zone = new ZoneResolver(new ZoneOptions(), JurisdictionPacks.Shipped).Resolve(all.Snapshot.Customer);
        using ServiceProvider provider = Services(_ => { });
        IPushPolicy[] policies =
        [
            new SuppressionPolicy(),
            new MinimumScorePolicy(new MinimumScoreOptions { Minimum = 0.5f }),
            .. DuplicatePolicy.Create(new DuplicateOptions()),
            new QuietHoursPolicy(new QuietHoursOptions()),
            .. FrequencyCapPolicy.Create([new FrequencyCapOptions { Limit = 3, Length = TimeSpan.FromDays(7) }]),
            new MinimumGapPolicy(new MinimumGapOptions()),
        ];
        PushEngine engine = new(
            new PushPolicySet(policies),
            _ => zone,
            provider.GetRequiredService<IReservationLedger>(),
            provider.GetRequiredService<IConsentStore>(),
            provider.GetRequiredService<IPushCustomerSource>(),
            new PushOptions(),
            NullLogger.Instance);
        return all with { Engine = engine };
    }

    /// <summary>What the container puts together for a shop with quiet hours, two caps, a gap, duplicates and a score.</summary>
    public static Task<DecisionShop> OfAllAsync() => CreateAsync(hasConsent: true);

    /// <summary>The same for a customer who has not consented: the second policy ends it.</summary>
    public static Task<DecisionShop> WithoutConsentAsync() => CreateAsync(hasConsent: false);

    private static async Task<DecisionShop> CreateAsync(bool hasConsent)
    {
        var clock = new Clock { Now = Start };
        ServiceProvider provider = Services(services => services.AddSingleton<TimeProvider>(clock));
        IPushEngine engine = provider.GetRequiredService<IPushEngine>();
        if (hasConsent)
        {
            ConsentStatement statement = new() { Channel = ChannelId.Email, Topic = "offers", Source = "checkout", TextVersion = "1" };
            await provider.GetRequiredService<ConsentService>().GrantAsync("ann", statement);
        }

        for (int i = 0; hasConsent && i < 10; i++)
        {
            clock.Now = Start.AddDays(6 * i);
            PushRequest sent = Push with { Offer = new Offer { Id = $"offer {i}", Terms = OfferTerms.CashOff(5) }, ContentHash = $"text {i}" };
            PushReservation held = await engine.TryReserveAsync(sent);
            await engine.SettleAsync("ann", held.Key, Settlement.Commit);
        }

        clock.Now = Start.AddDays(60);
        return new DecisionShop(engine, Push, await engine.ReadSnapshotAsync(Push));
    }

    private static ServiceProvider Services(Action<ServiceCollection> add)
    {
        ServiceCollection services = new();
        add(services);
        services.AddPromoRec()
            .AddQuietHours()
            .AddFrequencyCap(cap => (cap.Limit, cap.Length) = (3, TimeSpan.FromDays(7)))
            .AddFrequencyCap(cap => (cap.Scope, cap.Limit, cap.Length) = (PushScope.Channel, 2, TimeSpan.FromDays(1)))
            .AddMinimumGap(gap => gap.Gap = TimeSpan.FromHours(4))
            .AddMinimumScore(score => score.Minimum = 0.5f)
            .AddDuplicateSuppression()
            .UsePushCustomers(new Ann())
            .UseInMemoryPushStore();
        return services.BuildServiceProvider();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Ann : IPushCustomerSource
    {
        public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<PushCustomer?>(new PushCustomer { UserId = userId, Country = "FR", ProfileZone = "Europe/Berlin", Reachable = [ChannelId.Email] });
    }
}
