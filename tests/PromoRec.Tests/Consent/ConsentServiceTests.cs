using PromoRec.Consent;
using PromoRec.Consent.Packs;
using PromoRec.Consent.Unsubscribing;

namespace PromoRec.Tests.Consent;

public class ConsentServiceTests
{
    private static UserId Customer => ConsentDesk.Customer;

    private static ConsentStatement ByEmail => ConsentDesk.ByEmail;

    [Fact]
    public async Task A_grant_is_stored_with_all_its_evidence()
    {
        var desk = new ConsentDesk();
        ConsentStatement statement = ByEmail with { Topic = "Offers", Actor = "clerk", Jurisdiction = "EU/1", EncryptedIp = "sealed", EventId = "form-1" };
        ConsentResult result = await desk.Service.GrantAsync(Customer, statement);

        Assert.Equal(ConsentOutcome.Recorded, result.Outcome);
        Assert.Equal(ConsentState.Granted, result.View.StateOf(ChannelId.Email, "offers"));
        ConsentEvent expected = new()
        {
            EventId = "form-1",
            At = Ledgers.Start,
            State = ConsentState.Granted,
            Channel = ChannelId.Email,
            Topic = "offers",
            Basis = LegalBasis.Consent,
            TextVersion = "v1",
            TextHash = "abc",
            Source = "checkout",
            Actor = "clerk",
            Jurisdiction = "EU/1",
            EncryptedIp = "sealed",
        };
        Assert.Equal(expected, Assert.Single(await desk.EventsAsync()));
    }

    [Fact]
    public async Task A_grant_without_evidence_is_refused()
    {
        var desk = new ConsentDesk();

        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.GrantAsync(Customer, ByEmail with { Source = " " }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.GrantAsync(Customer, ByEmail with { TextVersion = null, TextHash = "" }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail with { Source = null }));
        Assert.Empty(await desk.EventsAsync());
    }

    [Fact]
    public async Task A_withdrawal_is_told_before_the_call_returns_and_after_it_is_stored()
    {
        var desk = new ConsentDesk();
        await desk.Service.GrantAsync(Customer, ByEmail);
        desk.Observer.Heard.Clear();
        var gate = new TaskCompletionSource();
        ConsentState? stored = null;
        desk.Observer.Before = async () =>
        {
            stored = new ConsentView(await desk.Store.ReadAsync(Customer)).StateOf(ChannelId.Email);
            await gate.Task;
        };
        Task<ConsentResult> call = desk.Service.WithdrawAsync(Customer, ByEmail).AsTask();

        Assert.False(call.IsCompleted);
        Assert.Equal(ConsentState.Withdrawn, stored);
        gate.SetResult();
        Assert.Equal(ConsentOutcome.Recorded, (await call).Outcome);
        ConsentChange change = Assert.Single(desk.Observer.Heard);
        Assert.Equal((Customer, 2L, ConsentState.Withdrawn), (change.UserId, change.After.Version, Assert.Single(change.Events).State));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("click-1")]
    public async Task A_call_whose_observer_failed_is_completed_by_repeating_it(string? eventId)
    {
        var desk = new ConsentDesk();
        desk.Observer.FailuresLeft = 2;

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await desk.Service.WithdrawAsync(Customer, ByEmail with { EventId = eventId }));
        Assert.Single(await desk.EventsAsync());
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await desk.Service.WithdrawAsync(Customer, ByEmail with { EventId = eventId }));
        Assert.Empty(desk.Observer.Heard);

        ConsentResult result = await desk.Service.WithdrawAsync(Customer, ByEmail with { EventId = eventId });
        Assert.Equal(eventId is null ? ConsentOutcome.Unchanged : ConsentOutcome.Replayed, result.Outcome);
        Assert.Single(await desk.EventsAsync());
        Assert.Equal(ConsentState.Withdrawn, Assert.Single(Assert.Single(desk.Observer.Heard).Events).State);
    }

    [Fact]
    public async Task One_observer_that_fails_does_not_keep_the_others_from_being_told()
    {
        var broken = new ListeningObserver { FailuresLeft = 1 };
        var other = new ListeningObserver();
        var service = new ConsentService(new InMemoryConsentStore(), JurisdictionPacks.Shipped, [broken, other]);

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await service.DenyAsync(Customer, ByEmail));
        Assert.Single(other.Heard);
    }

    [Fact]
    public async Task A_caller_who_no_longer_waits_does_not_keep_observers_from_being_told()
    {
        var desk = new ConsentDesk();
        using var cancellation = new CancellationTokenSource();
        desk.Observer.Before = cancellation.CancelAsync;
        await desk.Service.WithdrawAsync(Customer, ByEmail, cancellation.Token);

        Assert.Single(desk.Observer.Heard);
    }

    [Fact]
    public async Task An_event_id_names_one_statement()
    {
        var desk = new ConsentDesk();
        await desk.Service.GrantAsync(Customer, ByEmail with { EventId = "1" });
        await desk.Service.WithdrawAsync(Customer, ByEmail with { EventId = "2" });

        ConsentResult replay = await desk.Service.GrantAsync(Customer, ByEmail with { EventId = "1" });
        Assert.Equal((ConsentOutcome.Replayed, ConsentState.Withdrawn), (replay.Outcome, replay.View.StateOf(ChannelId.Email)));
        Assert.Equal(ConsentOutcome.Conflict, (await desk.Service.WithdrawAsync(Customer, ByEmail with { EventId = "1" })).Outcome);
        Assert.Equal(ConsentOutcome.Conflict, (await desk.Service.GrantAsync(Customer, ByEmail with { EventId = "1", Channel = ChannelId.Sms })).Outcome);
        Assert.Equal(2, (await desk.EventsAsync()).Length);
    }

    [Fact]
    public async Task Without_an_event_id_a_refusal_is_stored_once_and_anew_after_a_grant()
    {
        var desk = new ConsentDesk();

        Assert.Equal(ConsentOutcome.Recorded, (await desk.Service.WithdrawAsync(Customer, ByEmail)).Outcome);
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.WithdrawAsync(Customer, ByEmail)).Outcome);
        Assert.Equal(ConsentOutcome.Recorded, (await desk.Service.GrantAsync(Customer, ByEmail)).Outcome);
        ConsentResult again = await desk.Service.WithdrawAsync(Customer, ByEmail);
        Assert.Equal((ConsentOutcome.Recorded, ConsentState.Withdrawn), (again.Outcome, again.View.StateOf(ChannelId.Email)));
        Assert.Equal(3, (await desk.EventsAsync()).Select(entry => entry.EventId).Distinct().Count());
    }

    [Fact]
    public async Task A_refusal_said_once_more_outdates_a_grant_from_between_the_two()
    {
        var desk = new ConsentDesk();
        DateTimeOffset start = desk.Time.Now;
        var target = new UnsubscribeTarget(Customer, ChannelId.Email, "");
        await desk.Service.UnsubscribeAsync(target);
        desk.Time.Now = start.AddDays(64);
        Assert.Equal(ConsentState.Withdrawn, (await desk.Service.UnsubscribeAsync(target)).View.StateOf(ChannelId.Email));
        desk.Time.Now = start.AddDays(65);

        ConsentResult synced = await desk.Service.GrantAsync(Customer, ByEmail with { At = start.AddDays(60) });

        Assert.Equal(ConsentState.Withdrawn, synced.View.StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Granted, (await desk.Service.GrantAsync(Customer, ByEmail)).View.StateOf(ChannelId.Email));
    }

    [Fact]
    public async Task A_refusal_that_was_said_earlier_than_the_one_that_holds_is_not_stored()
    {
        var desk = new ConsentDesk();
        await desk.Service.WithdrawAsync(Customer, ByEmail);

        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.WithdrawAsync(Customer, ByEmail with { At = Ledgers.Start.AddDays(-1) })).Outcome);
        Assert.Single(await desk.EventsAsync());
    }

    [Fact]
    public async Task An_address_suppressed_once_more_outdates_a_grant_from_between_the_two()
    {
        var desk = new ConsentDesk();
        await desk.Service.SuppressAsync(Customer, ChannelId.Email, SuppressionCause.Bounce);
        desk.Time.Now += TimeSpan.FromDays(10);
        await desk.Service.SuppressAsync(Customer, ChannelId.Email, SuppressionCause.Complaint);
        await desk.Service.LiftSuppressionAsync(Customer, ByEmail);

        Assert.Equal(ConsentState.Unknown, (await desk.Service.GrantAsync(Customer, ByEmail with { At = Ledgers.Start.AddDays(5) })).View.StateOf(ChannelId.Email));
        Assert.Equal(ConsentState.Granted, (await desk.Service.GrantAsync(Customer, ByEmail)).View.StateOf(ChannelId.Email));
    }

    [Fact]
    public async Task A_statement_is_decided_anew_when_another_replica_was_faster()
    {
        ConsentEvent[] others = [.. Enumerable.Range(0, 5).Select(i => Ledgers.Entry(ConsentState.Granted, ChannelId.Sms) with { EventId = $"other-{i}" })];
        var desk = new ConsentDesk(new ContestedStore(new InMemoryConsentStore(), others));
        ConsentResult result = await desk.Service.WithdrawAsync(Customer, ByEmail);

        Assert.Equal((6L, ConsentState.Withdrawn, ConsentState.Granted), (result.View.Version, result.View.StateOf(ChannelId.Email), result.View.StateOf(ChannelId.Sms)));
        Assert.Equal((await desk.EventsAsync()).Length, result.View.Version);
    }

    [Fact]
    public async Task Two_replicas_at_once_lose_nothing()
    {
        var store = new InMemoryConsentStore();
        ConsentService[] replicas = [new ConsentDesk(store).Service, new ConsentDesk(store).Service];
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => await replicas[i % 2].DenyAsync(Customer, ByEmail with { Topic = $"t{i}" }))));
        var view = new ConsentView(await store.ReadAsync(Customer));

        Assert.Equal(40, view.Version);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(ConsentState.Denied, view.StateOf(ChannelId.Email, $"t{i}")));
    }

    [Fact]
    public async Task A_grant_right_after_a_refusal_from_a_replica_with_a_faster_clock_takes_effect()
    {
        var store = new InMemoryConsentStore();
        var fast = new ConsentDesk(store);
        fast.Time.Now += TimeSpan.FromMinutes(2);
        await fast.Service.WithdrawAsync(Customer, ByEmail);

        Assert.Equal(ConsentState.Granted, (await new ConsentDesk(store).Service.GrantAsync(Customer, ByEmail)).View.StateOf(ChannelId.Email));
    }

    [Fact]
    public async Task A_statement_from_the_future_was_made_now_and_an_old_grant_lifts_no_later_refusal()
    {
        var desk = new ConsentDesk();
        await desk.Service.WithdrawAsync(Customer, ByEmail with { At = Ledgers.Start.AddYears(1) });
        Assert.Equal(Ledgers.Start, Assert.Single(await desk.EventsAsync()).At);

        ConsentResult late = await desk.Service.GrantAsync(Customer, ByEmail with { At = Ledgers.Start.AddDays(-1) });
        Assert.Equal((ConsentOutcome.Recorded, ConsentState.Withdrawn), (late.Outcome, late.View.StateOf(ChannelId.Email)));
    }

    [Fact]
    public async Task A_sale_is_stored_with_its_facts_and_nothing_is_stored_where_one_is_missing()
    {
        var desk = new ConsentDesk();
        SaleEvidence?[] missing = [null, Ledgers.Sale with { ObjectionOffered = false }, Ledgers.Sale with { Category = " " }, Ledgers.Sale with { SellerId = "" }, Ledgers.Sale with { SaleAt = default }];
        foreach (SaleEvidence? sale in missing)
        {
            Assert.Equal(ConsentOutcome.Incomplete, (await desk.Service.RecordSaleAsync(Customer, ByEmail, sale)).Outcome);
        }

        Assert.Empty(await desk.EventsAsync());
        Assert.Equal(ConsentState.SoftOptIn, (await desk.Service.RecordSaleAsync(Customer, ByEmail, Ledgers.Sale)).View.StateOf(ChannelId.Email));
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.RecordSaleAsync(Customer, ByEmail, Ledgers.Sale)).Outcome);
        Assert.Equal((LegalBasis.ExistingCustomer, Ledgers.Sale), Assert.Single(await desk.EventsAsync()) is var entry ? (entry.Basis, entry.Sale) : default);
    }

    [Theory]
    [InlineData(SuppressionCause.Bounce, "bounce", LegalBasis.None)]
    [InlineData(SuppressionCause.Complaint, "complaint", LegalBasis.None)]
    [InlineData(SuppressionCause.Legal, "legal", LegalBasis.LegalObligation)]
    public async Task A_suppressed_address_stays_so_until_it_is_lifted(SuppressionCause cause, string source, LegalBasis basis)
    {
        var desk = new ConsentDesk();
        await desk.Service.GrantAsync(Customer, ByEmail);
        ConsentResult result = await desk.Service.SuppressAsync(Customer, ChannelId.Email, cause);
        Assert.Equal(ConsentState.Suppressed, result.View.StateOf(ChannelId.Email, "offers"));
        Assert.Equal((source, basis), (await desk.EventsAsync())[^1] is var entry ? (entry.Source, entry.Basis) : default);
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.SuppressAsync(Customer, ChannelId.Email, cause)).Outcome);
        Assert.Equal(ConsentState.Suppressed, (await desk.Service.GrantAsync(Customer, ByEmail)).View.StateOf(ChannelId.Email));

        await Assert.ThrowsAsync<ArgumentException>(async () => await desk.Service.LiftSuppressionAsync(Customer, new ConsentStatement { Channel = ChannelId.Email }));
        Assert.Equal(ConsentState.Granted, (await desk.Service.LiftSuppressionAsync(Customer, ByEmail)).View.StateOf(ChannelId.Email));
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.LiftSuppressionAsync(Customer, ByEmail)).Outcome);
        Assert.Equal(ConsentState.Granted, (await desk.Service.ReadAsync(Customer)).StateOf(ChannelId.Email));
    }

    [Theory]
    [InlineData("FR", ConsentState.Withdrawn, ConsentState.Withdrawn)]
    [InlineData("US", ConsentState.Withdrawn, ConsentState.Withdrawn)]
    [InlineData("CN", ConsentState.Granted, ConsentState.Withdrawn)]
    [InlineData(null, ConsentState.Withdrawn, ConsentState.Withdrawn)]
    public async Task An_objection_stops_what_the_jurisdiction_says(string? country, ConsentState marketing, ConsentState personalization)
    {
        var desk = new ConsentDesk();
        await desk.Service.GrantAsync(Customer, ByEmail with { Channel = default });
        await desk.Service.GrantAsync(Customer, ByEmail with { Channel = default, Purpose = ConsentPurpose.Personalization });
        Assert.True(JurisdictionPacks.Shipped.For(country).AllowsPersonalization(await desk.Service.ReadAsync(Customer)));
        ConsentResult result = await desk.Service.ObjectAsync(Customer, country, "privacy-page", "objection-1");

        Assert.Equal((ConsentOutcome.Recorded, marketing), (result.Outcome, result.View.StateOf(ChannelId.Email, "offers")));
        Assert.Equal(personalization, result.View.StateOf(default, purpose: ConsentPurpose.Personalization));
        Assert.False(JurisdictionPacks.Shipped.For(country).AllowsPersonalization(result.View));
        Assert.Equal(ConsentOutcome.Replayed, (await desk.Service.ObjectAsync(Customer, country, "privacy-page", "objection-1")).Outcome);
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.ObjectAsync(Customer, country, "privacy-page")).Outcome);
    }

    [Fact]
    public void Whether_silence_permits_personalization_is_for_the_jurisdiction_to_say()
    {
        Assert.False(JurisdictionPacks.Shipped.For("FR").AllowsPersonalization(Ledgers.View()));
        Assert.False(JurisdictionPacks.Shipped.For(null).AllowsPersonalization(Ledgers.View()));
        Assert.True(JurisdictionPacks.Shipped.For("US").AllowsPersonalization(Ledgers.View()));
        Assert.False(JurisdictionPacks.Shipped.For("FR").AllowsPersonalization(Ledgers.View(Ledgers.Entry(ConsentState.Granted))));
    }

    [Fact]
    public async Task An_unsubscribe_link_works_each_time_it_is_used()
    {
        var desk = new ConsentDesk();
        var target = new UnsubscribeTarget(Customer, ChannelId.Email, "offers");
        await desk.Service.GrantAsync(Customer, ByEmail);

        Assert.Equal(ConsentState.Withdrawn, (await desk.Service.UnsubscribeAsync(target)).View.StateOf(ChannelId.Email, "offers/shoes"));
        Assert.Equal(ConsentOutcome.Unchanged, (await desk.Service.UnsubscribeAsync(target)).Outcome);
        Assert.Equal(ConsentState.Granted, (await desk.Service.GrantAsync(Customer, ByEmail with { Topic = "offers" })).View.StateOf(ChannelId.Email, "offers"));
        Assert.Equal(ConsentState.Withdrawn, (await desk.Service.UnsubscribeAsync(target)).View.StateOf(ChannelId.Email, "offers"));
        Assert.Equal(ConsentState.Granted, (await desk.Service.ReadAsync(Customer)).StateOf(ChannelId.Email, "news"));
    }

    [Fact]
    public async Task For_an_erased_customer_nothing_is_stored_and_nobody_told()
    {
        var desk = new ConsentDesk();
        await desk.Store.ForgetAsync(Customer);

        Assert.Equal(ConsentOutcome.Erased, (await desk.Service.GrantAsync(Customer, ByEmail)).Outcome);
        Assert.Equal(ConsentOutcome.Erased, (await desk.Service.WithdrawAsync(Customer, ByEmail)).Outcome);
        Assert.Equal(ConsentOutcome.Erased, (await desk.Service.ObjectAsync(Customer, null, "page")).Outcome);
        Assert.Equal((ConsentOutcome.Erased, null), await desk.Service.RequestDoubleOptInAsync(Customer, ByEmail) is var request ? (request.Outcome, request.Token) : default);
        Assert.Equal(DoubleOptInOutcome.Erased, (await desk.Service.ConfirmDoubleOptInAsync(Customer, "x")).Outcome);
        Assert.True((await desk.Service.ReadAsync(Customer)).IsErased);
        Assert.Empty(desk.Observer.Heard);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ConsentDesk(options: new ConsentOptions { DoubleOptInLifetime = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new ConsentDesk(options: new ConsentOptions { DoubleOptInLifetime = TimeSpan.FromDays(91) }));
    }
}
