using Microsoft.Extensions.DependencyInjection;
using PromoRec.Consent;
using PromoRec.Delivery;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.QuietHours;

namespace PromoRec.Consumer.Tests;

/// <summary>Every interface of pushing that a host may implement, implemented from outside and used through the container.</summary>
public sealed class PushExtensionPointTests
{
    private static readonly Offer Offer = new() { Id = "spring", Terms = OfferTerms.SpendThreshold(30), MinimumSpend = 250 };

    internal static Type[] Covered { get; } =
    [
        typeof(IPushPolicy), typeof(IPushChannel), typeof(IPushCustomerSource), typeof(IPushEngine), typeof(IReservationLedger), typeof(IConsentStore),
        typeof(IConsentObserver), typeof(IQuietCalendar), typeof(IOfferRules),
    ];

    [Theory]
    [InlineData("ann", 250, PushOutcome.SendNow)]
    [InlineData("ann", 200, PushOutcome.Drop)]
    [InlineData("bea", 250, PushOutcome.Drop)]
    public async Task Text_messages_go_to_members_about_large_orders_only(string customer, int order, PushOutcome outcome)
    {
        await using ServiceProvider provider = Build(builder => builder.AddPushPolicy<SmsForLargeOrders>());
        await GrantAsync(provider, customer);

        PushDecision decision = await DecideAsync(provider, Push(customer, ChannelId.Sms) with { Offer = Offer with { MinimumSpend = order } });

        Assert.Equal(outcome, decision.Outcome);
        Assert.Equal(outcome == PushOutcome.SendNow ? null : "sms:large-orders-of-members", decision.Policy);
    }

    [Fact]
    public async Task That_policy_leaves_other_channels_alone()
    {
        await using ServiceProvider provider = Build(builder => builder.AddPushPolicy<SmsForLargeOrders>());
        await GrantAsync(provider, "bea");

        Assert.Equal(PushOutcome.SendNow, (await DecideAsync(provider, Push("bea", ChannelId.Email))).Outcome);
    }

    [Fact]
    public void That_policy_is_shorter_than_thirty_lines() =>
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "docs", "samples", "Push", "SmsForLargeOrders.cs")).SkipWhile(line => !line.Contains("class", StringComparison.Ordinal)).Count(), 5, 29);

    [Fact]
    public void The_guide_shows_that_policy()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "docs", "samples", "Push", "SmsForLargeOrders.cs"));

        Assert.Contains(sample[sample.IndexOf("internal", StringComparison.Ordinal)..], File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "push.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_that_every_shop_needs_are_asked_without_being_added()
    {
        await using ServiceProvider provider = Build(_ => { });

        PushDecision decision = await provider.GetRequiredService<IPushEngine>().DecideAsync(Push("ann", ChannelId.Email), explain: true, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["suppression", "consent", "permission", "opt-out", "snooze", "offer-limits", "offer-headroom", "legal-quiet-hours", "reach"],
            decision.Trace!.Entries.Select(entry => entry.Policy));
        Assert.Equal(PushReason.NoConsent, decision.Reason);
    }

    [Fact]
    public async Task A_device_that_does_not_permit_notifications_gets_none()
    {
        await using ServiceProvider provider = Build(_ => { });
        await GrantAsync(provider, "ann");

        Assert.Equal(PushReason.NoPermission, (await DecideAsync(provider, Push("ann", ChannelId.AppPush))).Reason);
    }

    [Fact]
    public async Task Stores_of_the_host_are_asked_and_its_observer_is_told()
    {
        HostLedger ledger = new(new Noon());
        HostConsentStore consent = new();
        await using ServiceProvider provider = Build(builder => builder.UsePushStore(_ => ledger, _ => consent).AddConsentObserver<HostConsentObserver>());
        await GrantAsync(provider, "ann");

        PushReservation held = await provider.GetRequiredService<IPushEngine>().TryReserveAsync(Push("ann", ChannelId.Email), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(PushOutcome.SendNow, held.Decision.Outcome);
        Assert.Equal(1, ledger.Reservations);
        Assert.NotEqual(0, consent.Appends);
        Assert.NotEqual(0, provider.GetRequiredService<HostConsentObserver>().Changes);
    }

    [Fact]
    public async Task A_channel_of_the_host_can_be_pushed_over_and_any_other_cannot()
    {
        ChannelId telegram = new("telegram");
        await using ServiceProvider without = Build(_ => { });
        await using ServiceProvider with = Build(builder => builder.AddPushChannel<TelegramChannel>());
        await GrantAsync(with, "ann");

        Assert.Equal(PushReason.UnknownChannel, (await without.GetRequiredService<IPushEngine>().DecideAsync(Push("ann", telegram), explain: true, TestContext.Current.CancellationToken))
            .Trace!.Entries.Single(entry => entry.Policy == "reach").Verdict.Reason);
        Assert.Equal(PushOutcome.SendNow, (await DecideAsync(with, Push("ann", telegram))).Outcome);
        Assert.Equal(telegram, with.GetRequiredService<TelegramChannel>().Channel);
    }

    [Fact]
    public async Task A_holiday_of_the_host_is_quiet()
    {
        await using ServiceProvider provider = Build(builder => builder.AddQuietHours().UseQuietCalendar<EveryDayIsAHoliday>());
        await GrantAsync(provider, "ann");

        Assert.NotEqual(PushOutcome.SendNow, (await DecideAsync(provider, Push("ann", ChannelId.Email))).Outcome);
    }

    [Fact]
    public async Task Limits_of_offers_come_from_the_host()
    {
        await using ServiceProvider provider = Build(builder => builder.UseOfferRules<NothingIsOnOffer>());
        await GrantAsync(provider, "ann");

        PushDecision decision = await DecideAsync(provider, Push("ann", ChannelId.Email));

        Assert.Equal(PushReason.OfferNotEligible, decision.Reason);
        Assert.Equal(OfferConstraints.Disabled, decision.Failed);
    }

    [Fact]
    public void Without_a_store_or_customers_the_error_says_what_is_missing()
    {
        ServiceCollection services = new();
        services.AddPromoRec().AddPush();
        using ServiceProvider provider = services.BuildServiceProvider();

        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IPushEngine>);

        Assert.Contains("UseInMemoryPushStore()", fault.Message, StringComparison.Ordinal);
        Assert.Contains("UsePushCustomers<T>()", fault.Message, StringComparison.Ordinal);
    }

    private static PushRequest Push(string customer, ChannelId channel) =>
        new() { UserId = customer, Offer = Offer, Channel = channel, Campaign = "spring-2026", Topic = "offers" };

    private static ValueTask<PushDecision> DecideAsync(IServiceProvider provider, PushRequest request) =>
        provider.GetRequiredService<IPushEngine>().DecideAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task GrantAsync(IServiceProvider provider, string customer)
    {
        foreach (ChannelId channel in (ChannelId[])[ChannelId.Email, ChannelId.Sms, ChannelId.AppPush, new("telegram")])
        {
            ConsentStatement statement = new() { Channel = channel, Topic = "offers", Source = "checkout", TextVersion = "2026-01" };
            await provider.GetRequiredService<ConsentService>().GrantAsync(customer, statement, TestContext.Current.CancellationToken);
        }
    }

    private static ServiceProvider Build(Action<PromoRecBuilder> configure)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(new Noon());
        PromoRecBuilder builder = services.AddPromoRec().UsePushCustomers<MemberCustomers>().UseInMemoryPushStore();
        configure(builder);
        return services.BuildServiceProvider();
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 2, 11, 0, 0, TimeSpan.Zero);
    }
}
