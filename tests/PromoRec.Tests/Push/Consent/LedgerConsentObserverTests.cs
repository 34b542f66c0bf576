using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Consent.Unsubscribing;
using PromoRec.Push;
using PromoRec.Push.Consent;
using PromoRec.Push.Ledger;
using PromoRec.Push.OptOut;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Push.Consent;

public class LedgerConsentObserverTests
{
    private static readonly UserId Ann = "ann";

    private readonly ManualTime _time = new(PushScenario.Noon);
    private readonly InMemoryConsentStore _store = new();
    private readonly InMemoryReservationLedger _ledger;

    public LedgerConsentObserverTests() => _ledger = new InMemoryReservationLedger(timeProvider: _time);

    [Fact]
    public async Task A_withdrawal_of_everything_takes_back_every_promotion_before_it_returns()
    {
        await Service().WithdrawAsync(Ann, new ConsentStatement());

        await HoldsAfter(refused: ["email:offers/shoes", "email:news", "sms:offers/shoes"], left: ["order:email:offers/shoes", "order:push:orders"], call: null);
    }

    [Fact]
    public async Task A_withdrawal_takes_back_what_it_names() => await HoldsAfter(
        refused: ["email:offers/shoes"],
        left: ["email:news", "sms:offers/shoes", "order:email:orders"],
        service => service.WithdrawAsync(Ann, new ConsentStatement { Channel = ChannelId.Email, Topic = "offers" }));

    [Fact]
    public async Task A_channel_that_is_left_keeps_messages_about_orders() => await HoldsAfter(
        refused: ["email:offers/shoes", "email:news"],
        left: ["order:email:offers/shoes", "sms:offers/shoes"],
        service => service.DenyAsync(Ann, new ConsentStatement { Channel = ChannelId.Email }));

    [Fact]
    public async Task A_topic_that_is_left_is_left_for_orders_too_unless_the_host_says_otherwise()
    {
        static ValueTask<ConsentResult> Leave(ConsentService service) => service.WithdrawAsync(Ann, new ConsentStatement { Topic = "offers" });

        await HoldsAfter(refused: ["email:offers/shoes", "sms:offers", "order:email:offers/shoes"], left: ["email:news", "order:email:orders"], Leave);
    }

    [Fact]
    public async Task A_host_may_keep_messages_about_orders_in_a_topic_that_is_left() => await HoldsAfter(
        refused: ["email:offers/shoes"],
        left: ["order:email:offers/shoes"],
        service => service.WithdrawAsync(Ann, new ConsentStatement { Topic = "offers" }),
        new OptOutOptions { IncludesTransactional = false });

    [Fact]
    public async Task A_suppressed_address_loses_everything() => await HoldsAfter(
        refused: ["email:offers/shoes", "order:email:orders"],
        left: ["sms:offers", "order:sms:orders"],
        service => service.SuppressAsync(Ann, ChannelId.Email, SuppressionCause.Bounce));

    [Fact]
    public async Task A_stop_takes_back_text_messages_about_orders_where_the_law_says_so()
    {
        InboundMessage stop = new() { Channel = ChannelId.Sms, Text = "STOP", Country = "US" };

        await HoldsAfter(
            refused: ["email:news", "sms:offers", "order:sms:orders"],
            left: ["order:email:orders"],
            async service => (await service.ReceiveAsync(Ann, stop)) is var result ? new ConsentResult(result.Outcome, result.View) : throw new InvalidOperationException());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("XX/1", true)]
    [InlineData("US", true)]
    [InlineData("US/7", true)]
    [InlineData("EU/1", false)]
    public async Task A_refusal_takes_back_text_messages_about_orders_unless_it_names_a_law_that_lets_them_pass(string? jurisdiction, bool isRefused)
    {
        string[] orders = ["order:sms:orders"];
        await HoldsAfter(
            refused: ["sms:offers", .. isRefused ? orders : []],
            left: ["order:email:orders", .. isRefused ? [] : orders],
            service => service.WithdrawAsync(Ann, new ConsentStatement { Channel = ChannelId.Sms, Jurisdiction = jurisdiction }));
    }

    [Fact]
    public async Task An_unsubscribe_link_takes_back_text_messages_about_orders_which_are_dropped_from_then_on() => await HoldsAfter(
        refused: ["sms:offers", "order:sms:orders"],
        left: ["order:email:orders"],
        service => service.UnsubscribeAsync(new UnsubscribeTarget(Ann, ChannelId.Sms, "")));

    [Theory]
    [InlineData("fax", "order:fax:orders", "order:email:orders")]
    [InlineData(null, "order:fax:orders", null)]
    public async Task What_holds_for_all_other_channels_holds_for_channels_of_the_host(string? channel, string refused, string? left)
    {
        JurisdictionPacks packs = JurisdictionPacks.Shipped.With(
            """{ "format": 1, "id": "ZZ", "version": 1, "basedOn": "EU", "countries": ["ZZ"], "channels": { "default": { "need": "grant", "transactional": "unlessRefused" } } }"""u8, "zz.json");
        var service = new ConsentService(_store, packs, [new LedgerConsentObserver(_ledger, packs)], _time);

        await HoldsAfter(
            refused: [refused],
            left: left is null ? [] : [left],
            _ => service.WithdrawAsync(Ann, new ConsentStatement { Channel = channel is null ? default : new ChannelId(channel), Jurisdiction = "ZZ/1" }));
    }

    [Fact]
    public async Task An_objection_takes_back_promotions_only_where_it_stops_marketing()
    {
        await HoldsAfter(refused: [], left: ["email:news", "order:email:orders"], service => service.ObjectAsync(Ann, "CN", "page"));
        await HoldsAfter(refused: ["email:offers", "sms:offers"], left: ["order:email:offers"], service => service.ObjectAsync(Ann, "FR", "page"));
    }

    [Fact]
    public async Task What_was_decided_before_is_refused_after_and_a_new_decision_is_not()
    {
        ConsentResult withdrawn = await Service().WithdrawAsync(Ann, new ConsentStatement { Channel = ChannelId.Sms });

        Assert.Equal(ReservationStatus.ConsentChanged, (await _ledger.TryReserveAsync(Place("email:news") with { ConsentVersion = withdrawn.View.Version - 1 })).Status);
        Assert.Equal(ReservationStatus.Granted, (await _ledger.TryReserveAsync(Place("email:news") with { ConsentVersion = withdrawn.View.Version })).Status);
    }

    [Fact]
    public async Task A_withdrawal_told_again_after_a_new_grant_takes_nothing_back()
    {
        ConsentService service = Service();
        ConsentStatement statement = new() { Channel = ChannelId.Email, Source = "page", TextVersion = "v1" };
        await service.WithdrawAsync(Ann, statement with { EventId = "1" });
        ConsentView view = (await service.GrantAsync(Ann, statement)).View;
        await _ledger.TryReserveAsync(Place("email:news") with { ConsentVersion = view.Version });

        Assert.Equal(ConsentOutcome.Replayed, (await service.WithdrawAsync(Ann, statement with { EventId = "1" })).Outcome);
        Assert.Equal(SettlementStatus.Done, await _ledger.SettleAsync(Ann, "email:news", Settlement.Begin));
    }

    [Fact]
    public async Task Nothing_that_had_not_begun_begins_after_a_withdrawal_has_returned()
    {
        for (int round = 0; round < 200; round++)
        {
            UserId customer = round;
            await _ledger.TryReserveAsync(Place("email:news") with { UserId = customer });
            Task<ConsentResult> withdrawal = Task.Run(async () => await Service().WithdrawAsync(customer, new ConsentStatement()));
            Task<(bool Before, SettlementStatus Status)> sending = Task.Run(async () =>
            {
                SettlementStatus status = await _ledger.SettleAsync(customer, "email:news", Settlement.Begin);
                return (!withdrawal.IsCompleted, status);
            });
            await withdrawal;

            // Either it had begun before the withdrawal returned, or it never does.
            SettlementStatus late = await _ledger.SettleAsync(customer, "email:news", Settlement.Begin);
            SettlementStatus status = (await sending).Status;
            Assert.True((status, late) is (SettlementStatus.Done, SettlementStatus.AlreadyDone) or (SettlementStatus.NotFound, SettlementStatus.NotFound), $"{status}, {late}");
        }
    }

    [Fact]
    public async Task The_whole_engine_sends_nothing_after_a_withdrawal()
    {
        var shop = new PushShop(ConsentCases.Policies);
        shop.Customers.Find = _ => PushScenario.Snapshot.Customer with { Country = "FR" };
        var service = new ConsentService(shop.Consents, JurisdictionPacks.Shipped, [new LedgerConsentObserver(shop.Ledger, JurisdictionPacks.Shipped)], shop.Time);
        ConsentStatement statement = new() { Channel = ChannelId.Email, Source = "page", TextVersion = "v1" };

        Assert.Equal(PushReason.NoConsent, (await shop.Engine.TryReserveAsync(ConsentCases.Request)).Decision.Reason);
        await service.GrantAsync(Ann, statement);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(ConsentCases.Request)).Decision.Outcome);
        await service.WithdrawAsync(Ann, statement);
        Assert.Equal(PushReason.ConsentWithdrawn, (await shop.Engine.TryReserveAsync(ConsentCases.Request with { Occurrence = "2" })).Decision.Reason);
        Assert.Empty((await shop.Ledger.ReadAsync(Ann)).Entries);
    }

    private ConsentService Service(OptOutOptions? options = null) =>
        new(_store, JurisdictionPacks.Shipped, [new LedgerConsentObserver(_ledger, JurisdictionPacks.Shipped, options)], _time);

    /// <summary>Holds places, lets the customer say something, and looks which of them can still be handed over.</summary>
    private async Task HoldsAfter(string[] refused, string[] left, Func<ConsentService, ValueTask<ConsentResult>>? call, OptOutOptions? options = null)
    {
        long version = (await _store.ReadAsync(Ann)).Version;
        foreach (string place in (string[])[.. refused, .. left])
        {
            Assert.True((await _ledger.TryReserveAsync(Place(place) with { ConsentVersion = version })).IsHeld);
        }

        await (call ?? (service => service.WithdrawAsync(Ann, new ConsentStatement())))(Service(options));
        foreach (string place in refused)
        {
            Assert.True(await _ledger.SettleAsync(Ann, place, Settlement.Begin) == SettlementStatus.NotFound, place);
        }

        foreach (string place in left)
        {
            Assert.True(await _ledger.SettleAsync(Ann, place, Settlement.Begin) == SettlementStatus.Done, place);
            await _ledger.SettleAsync(Ann, place, Settlement.Release);
        }
    }

    /// <param name="name">Class, channel and topic, such as "order:email:news"; a promotion unless it says so.</param>
    private static ReservationRequest Place(string name)
    {
        string[] parts = name.Replace("order:", "", StringComparison.Ordinal).Split(':');
        PushRequest request = ConsentCases.Request with
        {
            Channel = new ChannelId(parts[0]),
            Topic = parts[1],
            Class = name.StartsWith("order:", StringComparison.Ordinal) ? MessageClass.Transactional : MessageClass.Promotional,
        };
        return new ReservationRequest { UserId = Ann, Key = name, Labels = PushLabels.Of(request) };
    }
}
