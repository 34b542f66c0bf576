using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Delivery;
using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Redemption;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Snooze;
using PromoRec.Tests.Push;
using PromoRec.Tests.Ranking;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.DependencyInjection;

public sealed class AddPushTests
{
    [Fact]
    public void Without_it_nothing_of_pushes_is_there()
    {
        var services = new ServiceCollection();
        services.AddPromoRec();

        Assert.DoesNotContain(services, service => service.ServiceType.Namespace!.StartsWith("PromoRec.Push", StringComparison.Ordinal));
    }

    [Fact]
    public void An_engine_without_stores_and_customers_says_all_that_it_lacks()
    {
        using ServiceProvider provider = Build(builder => builder.AddPush());

        string fault = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IPushEngine>()).Message;

        Assert.Contains("store of reservations and consent", fault, StringComparison.Ordinal);
        Assert.Contains("UseInMemoryPushStore()", fault, StringComparison.Ordinal);
        Assert.Contains("UsePushCustomers<T>()", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_with_stores_and_customers_decides_and_reserves()
    {
        var time = new ManualTime(Noon);
        using ServiceProvider provider = Build(
            builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => Ann }).AddFrequencyCap(cap => cap.Limit = 1), time);
        IPushEngine engine = provider.GetRequiredService<IPushEngine>();

        PushReservation first = await engine.TryReserveAsync(Request, cancellationToken: TestContext.Current.CancellationToken);
        PushDecision second = await engine.DecideAsync(Request with { Occurrence = "2" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((PushOutcome.SendNow, Noon), (first.Decision.Outcome, first.Place?.At));
        Assert.Equal((PushReason.FrequencyCap, "cap:all:1/7d"), (second.Reason, second.Policy));
        Assert.Same(engine, provider.GetRequiredService<IPushEngine>());
    }

    [Fact]
    public void A_second_call_adds_nothing_and_configures_on()
    {
        var services = new ServiceCollection();
        PromoRecBuilder builder = services.AddPromoRec().AddPush(options => options.TimeToLive = TimeSpan.FromMinutes(1));
        int count = services.Count;
        builder.AddPush();
        Assert.Equal(count, services.Count);

        builder.AddPush(options => options.TransactionalWithoutStore = true);
        using ServiceProvider provider = services.BuildServiceProvider();
        PushOptions options = provider.GetRequiredService<IOptions<PushOptions>>().Value;
        Assert.Equal((TimeSpan.FromMinutes(1), true), (options.TimeToLive, options.TransactionalWithoutStore));
    }

    [Fact]
    public void Policies_are_asked_in_the_order_in_which_they_were_added_and_what_every_shop_needs_is_there()
    {
        using ServiceProvider provider = Build(builder => builder
            .AddMinimumGap(gap => gap.Gap = TimeSpan.FromHours(2))
            .AddFrequencyCap(cap => cap.Limit = 2)
            .AddFrequencyCap(cap => cap.Scope = PushScope.Channel)
            .AddPushPolicy(PolicyStub.Allows("mine", PushStage.Frequency))
            .AddQuietHours()
            .AddCooldown(_ => { })
            .AddMinimumScore(score => score.Minimum = 0.25f)
            .AddDuplicateSuppression(duplicates => duplicates.ContentWindow = TimeSpan.Zero)
            .AddDuplicateSuppression());

        IEnumerable<string> names = provider.GetRequiredService<PushPolicySet>().Policies.Select(policy => policy.Name);

        Assert.Equal(
            [
                "suppression",
                "consent",
                "permission",
                "opt-out",
                "snooze",
                "offer-limits",
                "offer-headroom",
                "cooldown:redeemed:30d",
                "score:all:0.25",
                "duplicate:push:30d",
                "duplicate:offer:7d",
                "legal-quiet-hours",
                "quiet-hours",
                "gap:all:2h",
                "cap:all:2/7d",
                "cap:channel:3/7d",
                "mine",
                "reach",
            ],
            names);
    }

    [Fact]
    public void All_faults_of_a_rule_are_reported_at_once()
    {
        using ServiceProvider provider = Build(builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub()).AddFrequencyCap(cap =>
        {
            cap.Limit = 0;
            cap.Length = TimeSpan.FromDays(200);
            cap.AppliesTo.Channels.Add(new ChannelId("fax"));
        }));

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IPushEngine>());

        Assert.Equal(3, fault.Failures.Count());
        Assert.Contains("1 to 1000, but is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("forgets after 100 days", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'fax'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_registered_may_be_named_by_policies()
    {
        using ServiceProvider provider = Build(builder => builder
            .UseInMemoryPushStore().UsePushCustomers(new CustomerStub()).AddPushChannel<Fax>().AddPushChannel<Fax>()
            .AddPush(options => options.Channels.Add(new ChannelId("pigeon")))
            .AddFrequencyCap(cap => cap.AppliesTo.Channels.UnionWith([new ChannelId("fax"), new ChannelId("pigeon")])));

        Assert.NotNull(provider.GetRequiredService<IPushEngine>());
        Assert.Single(provider.GetServices<IPushChannel>());
    }

    [Fact]
    public void A_ledger_that_remembers_longer_allows_longer_caps()
    {
        using ServiceProvider provider = Build(builder =>
        {
            builder.Services.Configure<LedgerOptions>(options => options.Retention = TimeSpan.FromDays(366));
            builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub()).AddFrequencyCap(cap => cap.Length = TimeSpan.FromDays(366));
        });

        Assert.NotNull(provider.GetRequiredService<IPushEngine>());
    }

    [Fact]
    public void The_last_store_and_the_last_source_of_customers_are_used()
    {
        var ledger = new InMemoryReservationLedger();
        var consents = new InMemoryConsentStore();
        using ServiceProvider provider = Build(builder => builder
            .UseInMemoryPushStore().UsePushStore(_ => ledger, _ => consents).UsePushCustomers(new CustomerStub()).UsePushCustomers<CustomerStub>());

        Assert.Same(ledger, provider.GetRequiredService<IReservationLedger>());
        Assert.Same(consents, provider.GetRequiredService<IConsentStore>());
        Assert.Same(provider.GetRequiredService<CustomerStub>(), provider.GetRequiredService<IPushCustomerSource>());
    }

    [Fact]
    public void Quiet_hours_of_a_channel_that_nobody_knows_are_a_fault()
    {
        using ServiceProvider provider = Build(builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub())
            .AddQuietHours(quiet => quiet.Channels[new ChannelId("fax")] = QuietWeek.Daily(new TimeOnly(20, 0), new TimeOnly(9, 0)))
            .AddQuietHours(quiet => quiet.Jitter = TimeSpan.FromHours(1)));

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IPushEngine>());

        Assert.Contains("'fax'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Jitter", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_in_any_part_of_the_options_are_reported_at_once()
    {
        using ServiceProvider provider = Build(builder => builder.AddPush(options =>
        {
            options.TimeToLive = TimeSpan.Zero;
            options.Zones.FallbackZone = "Europe/Bielefeld";
            options.Snooze.Action = (SnoozeAction)7;
            options.Consent.SellerId = " ";
            options.Channels.Add(default);
        }));

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PushOptions>>().Value);

        Assert.Equal(5, fault.Failures.Count());
        Assert.Contains("Europe/Bielefeld", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_takes_back_what_waits_before_it_returns_and_nothing_more_is_sent()
    {
        using ServiceProvider provider = Build(builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => Ann }));
        IPushEngine engine = provider.GetRequiredService<IPushEngine>();
        CancellationToken token = TestContext.Current.CancellationToken;
        PushReservation held = await engine.TryReserveAsync(Request, cancellationToken: token);
        Assert.NotNull(held.Place);

        await provider.GetRequiredService<ConsentService>().WithdrawAsync("ann", new ConsentStatement { Channel = ChannelId.Email, Source = "account page" }, token);

        Assert.Equal(SettlementStatus.NotFound, await engine.BeginAsync("ann", held.Key, token));
        PushDecision after = await engine.DecideAsync(Request, cancellationToken: token);
        Assert.Equal((PushOutcome.Drop, "consent"), (after.Outcome, after.Policy));
    }

    [Fact]
    public async Task Packs_of_the_host_are_in_use_and_a_broken_one_is_named()
    {
        byte[] strict = Encoding.UTF8.GetBytes("""{ "format": 1, "id": "US", "version": 9, "basedOn": "US", "countries": ["US"], "channels": { "email": { "need": "grant" } } }""");
        using ServiceProvider provider = Build(
            builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => Ann }).AddJurisdictionPack(strict, "us.json"));

        PushDecision decision = await provider.GetRequiredService<IPushEngine>().DecideAsync(Request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((PushReason.NoConsent, "consent"), (decision.Reason, decision.Policy));
        using ServiceProvider broken = Build(
            builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub()).AddJurisdictionPack("{}"u8.ToArray(), "mine.json"));
        Assert.Contains("mine.json", Assert.Throws<PromoRecException>(() => broken.GetRequiredService<IPushEngine>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_without_budget_is_not_pushed_and_redemptions_share_the_ledger()
    {
        using ServiceProvider provider = Build(builder => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => Ann }));
        PushRequest request = Request with { Offer = Request.Offer with { Budget = 0 } };

        PushDecision decision = await provider.GetRequiredService<IPushEngine>().DecideAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((PushReason.OfferNotEligible, OfferConstraints.BudgetExhausted), (decision.Reason, decision.Failed));
        Assert.NotNull(provider.GetRequiredService<OfferRedemptions>());
    }

    [Fact]
    public async Task Quiet_hours_of_the_jurisdiction_are_kept_unless_the_host_keeps_them()
    {
        // Three o'clock in Berlin.
        var time = new ManualTime(Noon.AddHours(-10));
        void Shop(PromoRecBuilder builder) => builder.UseInMemoryPushStore().UsePushCustomers(new CustomerStub { Find = _ => Ann });
        using ServiceProvider legal = Build(Shop, time);
        using ServiceProvider own = Build(builder => Shop(builder.AddPush(options => options.LegalQuietHours = false)), time);
        CancellationToken token = TestContext.Current.CancellationToken;

        PushDecision waits = await legal.GetRequiredService<IPushEngine>().DecideAsync(Request, cancellationToken: token);
        Assert.Equal((PushOutcome.Defer, PushReason.QuietHours, Noon.AddHours(-5)), (waits.Outcome, waits.Reason, waits.Until));
        Assert.Equal(PushOutcome.SendNow, (await own.GetRequiredService<IPushEngine>().DecideAsync(Request, cancellationToken: token)).Outcome);
    }

    [Fact]
    public async Task Ranking_goes_on_while_the_ledger_does_not_answer()
    {
        var ledger = new LedgerStub(TimeProvider.System) { Fault = new LedgerUnavailableException(LedgerFault.Unreachable, "gone") };
        CatalogSnapshot catalog = new([Request.Offer], []);
        using ServiceProvider provider = Build(builder => builder
            .UseOfferCatalog(new InMemoryOfferCatalog(catalog)).UsePushStore(_ => ledger, _ => new ConsentStub()).UsePushCustomers(new CustomerStub()));

        Assert.Equal(
            PushReason.StoreUnavailable,
            (await provider.GetRequiredService<IPushEngine>().DecideAsync(Request, cancellationToken: TestContext.Current.CancellationToken)).Reason);
        Assert.Single(provider.GetRequiredService<IOfferRanker>().Rank("ann"));
    }

    /// <summary>One who may get e-mail until leaving.</summary>
    private static PushCustomer Ann { get; } = Snapshot.Customer with { Country = "US" };


    private static ServiceProvider Build(Action<PromoRecBuilder> configure, TimeProvider? time = null)
    {
        // Never the time of day at which the tests happen to run: it would be night somewhere.
        ServiceCollection services = new();
        services.AddSingleton(time ?? new ManualTime(Noon));
        configure(services.AddPromoRec());
        return services.BuildServiceProvider();
    }

    private sealed class Fax : IPushChannel
    {
        public ChannelId Channel => new("fax");

        public bool Deduplicates => false;

        public ValueTask<ChannelResult> SendAsync(PushMessage message, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new ChannelResult(ChannelOutcome.Accepted));
    }
}
