using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

/// <summary>Pushes that wait for the end of the night together and go out as one message.</summary>
public sealed class PushDigestTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Night = Noon.AddHours(10);
    private static readonly DateTimeOffset Morning = Noon.AddHours(19);

    [Fact]
    public async Task What_falls_into_a_night_waits_for_one_digest_and_holds_nothing()
    {
        PushShop shop = ShopAtNight();
        PushReserveOptions hold = new() { HoldDeferred = true };

        PushReservation[] waiting = [await shop.Engine.TryReserveAsync(Of("a"), hold), await shop.Engine.TryReserveAsync(Of("b")), await shop.Engine.TryReserveAsync(Of("c") with { Channel = ChannelId.Sms })];

        Assert.All(waiting, each => Assert.Equal((PushOutcome.Defer, Morning, (Reservation?)null), (each.Decision.Outcome, each.Decision.Until, each.Place)));
        Assert.NotNull(waiting[0].Decision.Digest);
        Assert.Equal(waiting[0].Decision.Digest, waiting[1].Decision.Digest);
        Assert.NotEqual(waiting[0].Decision.Digest, waiting[2].Decision.Digest);
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Contains($"\"digest\":\"{waiting[0].Decision.Digest}\"", System.Text.Encoding.UTF8.GetString(waiting[0].Decision.ToUtf8Json()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_jitter_the_parts_of_a_digest_still_wait_for_one_instant()
    {
        PushShop shop = new(new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.Digest, Jitter = TimeSpan.FromMinutes(15) })) { Time = { Now = Night } };

        DateTimeOffset?[] until = [.. await Task.WhenAll(Enumerable.Range(0, 9).Select(async i => (await shop.Engine.TryReserveAsync(Of($"{i}"))).Decision.Until))];

        Assert.Single(until.Distinct());
        Assert.True(until[0] > Morning);
    }

    [Fact]
    public async Task In_the_morning_all_parts_take_one_place_under_the_caps_and_each_counts_for_its_own()
    {
        PushShop shop = ShopAtNight(PushShop.Cap(1, Day), PushShop.Cap(1, Day, cap => (cap.Scope, cap.Name) = (PushScope.Campaign, "campaign")));
        shop.Time.Now = Morning;

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b"), Of("c") with { Campaign = "autumn" }]);

        Assert.All(digest.Parts, part => Assert.Equal(PushOutcome.SendNow, part.Outcome));
        LedgerEntry place = Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Equal(("digest", place.Key), (digest.Reservation.Key, digest.Reservation.Place!.Key));
        foreach (PushRequest part in (PushRequest[])[Of("a"), Of("b"), Of("c") with { Campaign = "autumn" }])
        {
            Assert.Empty(PushLabels.Of(part).Except(place.Labels));
            Assert.Empty(PushLabels.ShortOf(part).Except(place.ShortLabels));
        }

        Assert.Equal(SettlementStatus.Done, await shop.Engine.BeginAsync("ann", "digest"));
        Assert.Equal(SettlementStatus.Done, await shop.Engine.CommitAsync("ann", "digest"));
        Assert.Equal("cap:all:1/1d", (await shop.Engine.TryReserveAsync(Of("d") with { Campaign = "winter" })).Decision.Policy);
        Assert.Equal(PushReason.FrequencyCap, (await shop.Engine.TryReserveAsync(Of("d") with { Campaign = "autumn" })).Decision.Reason);
    }

    [Fact]
    public async Task Each_campaign_has_its_own_digest_and_what_has_none_waits_on_its_own()
    {
        PushShop shop = new(new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.Digest, Scope = PushScope.Campaign })) { Time = { Now = Night } };

        string?[] names = [await NameOf(Of("a")), await NameOf(Of("b")), await NameOf(Of("a") with { Campaign = "autumn" }), await NameOf(Of("a") with { Campaign = string.Empty })];

        Assert.NotNull(names[0]);
        Assert.Equal(names[0], names[1]);
        Assert.NotNull(names[2]);
        Assert.NotEqual(names[0], names[2]);
        Assert.Null(names[3]);

        async Task<string?> NameOf(PushRequest request) => (await shop.Engine.TryReserveAsync(request)).Decision.Digest;
    }

    [Fact]
    public async Task A_digest_may_be_sent_until_the_first_of_its_parts_may_not()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Night.AddHours(-2).AddMinutes(-10);

        // Quiet hours begin in ten minutes, and one part is worthless in five.
        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b") with { DeliverBefore = shop.Time.Now.AddMinutes(5) }]);
        PushDigestReservation other = await shop.Engine.TryReserveDigestAsync("other", [Of("c"), Of("d")]);

        Assert.Equal((shop.Time.Now.AddMinutes(5), shop.Time.Now.AddMinutes(5)), (digest.Reservation.Place!.ExpiresAt, digest.Reservation.Decision.ValidUntil));
        Assert.Equal(other.Reservation.Decision.ValidUntil, other.Reservation.Place!.ExpiresAt);
        shop.Time.Now = other.Reservation.Decision.ValidUntil!.Value;
        Assert.Equal(SettlementStatus.Expired, await shop.Engine.BeginAsync("ann", "digest"));
        Assert.Equal(SettlementStatus.Expired, await shop.Engine.BeginAsync("ann", "other"));
    }

    [Fact]
    public async Task A_withdrawal_that_comes_between_decision_and_place_sends_nothing()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        shop.Ledger.BeforeReserve = async () => await shop.Ledger.Inner.CancelAsync(new Cancellation("ann", 1, [PushLabels.Promotional]));

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b")]);

        Assert.Null(digest.Reservation.Place);
        Assert.All(digest.Parts, part => Assert.Equal(PushReason.ConsentChanged, part.Reason));
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task Parts_that_may_not_be_sent_any_more_are_left_out()
    {
        PushShop shop = ShopAtNight(new HostPolicyStub("no b", PushStage.Eligibility, context => context.Request.Offer.Id == "b" ? PushVerdict.Drop(PushReason.HostPolicy) : PushVerdict.Allow));
        shop.Time.Now = Morning;

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("b") with { Priority = 1 }, Of("a"), Of("a") with { Campaign = "autumn" }]);

        Assert.Equal([PushReason.HostPolicy, PushReason.None, PushReason.Duplicate], digest.Parts.Select(part => part.Reason));
        LedgerEntry place = Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
        Assert.DoesNotContain(PushLabels.Offer("b"), place.Labels);
    }

    [Fact]
    public async Task A_digest_has_at_most_ten_parts_and_those_are_the_best()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        PushRequest[] requests = [.. Enumerable.Range(0, 12).Select(i => Of($"{i}") with { Score = i, Keys = [.. Enumerable.Range(0, 32).Select(key => KeyValuePair.Create($"{key}", $"{i}"))] })];

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", requests);

        Assert.Equal([0, 1], Enumerable.Range(0, 12).Where(i => digest.Parts[i].Outcome != PushOutcome.SendNow));
        Assert.All(digest.Parts.Take(2), part => Assert.Equal(PushReason.AnotherWaits, part.Reason));
    }

    [Fact]
    public async Task Without_any_part_there_is_no_place()
    {
        PushShop shop = ShopAtNight();

        PushDigestReservation tooEarly = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b")]);
        Assert.Equal((PushOutcome.Defer, Morning), (tooEarly.Reservation.Decision.Outcome, tooEarly.Reservation.Decision.Until));

        shop.Time.Now = Morning;
        PushDigestReservation dropped = await shop.Engine.TryReserveDigestAsync("digest", [Of("a") with { DeliverBefore = Morning }]);
        Assert.Equal(PushReason.TooLate, dropped.Reservation.Decision.Reason);
        Assert.Null(dropped.Reservation.Place);
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task The_same_digest_is_reserved_once_and_with_other_parts_it_is_a_conflict()
    {
        PushShop shop = ShopAtNight(PushShop.Cap(1, Day));
        shop.Time.Now = Morning;
        await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b")]);
        await shop.Engine.CommitAsync("ann", "digest");

        PushDigestReservation again = await shop.Engine.TryReserveDigestAsync("digest", [Of("b"), Of("a")]);
        Assert.Equal((true, ReservationState.Committed), (again.Reservation.IsReplayed, again.Reservation.Place!.State));
        PushDigestReservation other = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("c")]);
        Assert.Equal(PushReason.IdempotencyConflict, other.Reservation.Decision.Reason);
        Assert.All(other.Parts, part => Assert.Equal(PushReason.IdempotencyConflict, part.Reason));
        Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task A_digest_that_is_repeated_when_things_have_changed_is_still_the_same()
    {
        bool isGone = false;
        PushShop shop = ShopAtNight(
            new BudgetPolicyStub(9), new HostPolicyStub("gone", PushStage.Eligibility, context => isGone && context.Request.Offer.Id == "a" ? PushVerdict.Drop(PushReason.HostPolicy) : PushVerdict.Allow));
        shop.Time.Now = Morning;
        PushRequest[] requests = [Of("a") with { Key = "mine" }, Of("b")];
        await shop.Engine.TryReserveDigestAsync("digest", requests);

        isGone = true;
        PushDigestReservation again = await shop.Engine.TryReserveDigestAsync("digest", [.. requests, Of("c")]);
        Assert.Equal((true, ReservationState.Reserved), (again.Reservation.IsReplayed, again.Reservation.Place!.State));
        Assert.Equal([PushReason.None, PushReason.None, PushReason.IdempotencyConflict], again.Parts.Select(part => part.Reason));

        await shop.Engine.BeginAsync("ann", "digest");
        shop.Time.Now = Night.AddDays(1);
        PushDigestReservation atNight = await shop.Engine.TryReserveDigestAsync("digest", requests);
        Assert.Equal((true, ReservationState.Begun), (atNight.Reservation.IsReplayed, atNight.Reservation.Place!.State));
        Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task A_digest_whose_parts_have_got_other_scores_is_still_the_same()
    {
        PushShop shop = ShopAtNight(new BudgetPolicyStub(9));
        shop.Time.Now = Morning;
        PushRequest[] requests = [Of("a") with { ContentHash = "1" }, Of("b") with { Key = "mine", Campaign = "autumn" }, Of("c")];
        await shop.Engine.TryReserveDigestAsync("digest", requests);

        PushDigestReservation again = await shop.Engine.TryReserveDigestAsync("digest", [requests[0], requests[1] with { Score = 0.9f }, requests[2] with { Priority = 1 }]);

        Assert.True(again.Reservation.IsReplayed);
    }

    [Fact]
    public async Task A_push_without_a_name_that_went_out_in_a_digest_is_not_sent_again()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b")]);
        await shop.Engine.CommitAsync("ann", "digest");

        Assert.Equal(PushReason.Duplicate, (await shop.Engine.TryReserveAsync(Of("a"))).Decision.Reason);
        Assert.Equal(PushReason.Duplicate, (await shop.Engine.TryReserveDigestAsync("another", [Of("b")])).Parts[0].Reason);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("a") with { Key = "mine" })).Decision.Outcome);
        shop.Time.Now = Morning.AddDays(30);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("b"))).Decision.Outcome);
    }

    [Fact]
    public async Task A_push_with_a_name_that_went_out_in_a_digest_is_not_sent_again()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        await shop.Engine.TryReserveDigestAsync("digest", [Of("a") with { Key = "mine" }, Of("b")]);
        await shop.Engine.CommitAsync("ann", "digest");

        Assert.Equal(PushReason.Duplicate, (await shop.Engine.TryReserveAsync(Of("a") with { Key = "mine" })).Decision.Reason);
        Assert.Equal(PushReason.Duplicate, (await shop.Engine.TryReserveDigestAsync("another", [Of("a") with { Key = "mine" }])).Parts[0].Reason);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("a") with { Key = "another of mine" })).Decision.Outcome);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mine")]
    public async Task A_push_that_has_a_place_of_its_own_is_no_part_of_a_digest(string? key)
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        PushReservation alone = await shop.Engine.TryReserveAsync(Of("a") with { Key = key });
        await shop.Engine.CommitAsync("ann", alone.Key);

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a") with { Key = key }, Of("b")]);

        Assert.Equal([PushReason.Duplicate, PushReason.None], digest.Parts.Select(part => part.Reason));
        Assert.DoesNotContain(PushLabels.Offer("a"), Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries, entry => entry.Key == "digest").Labels);
    }

    [Theory]
    [InlineData(PushScope.Global)]
    [InlineData(PushScope.Channel)]
    public async Task A_further_step_of_a_dispatch_waits_on_its_own(PushScope scope)
    {
        PushShop shop = new(new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.Digest, Scope = scope })) { Time = { Now = Night } };

        PushReservation step = await shop.Engine.TryReserveAsync(Of("a") with { IsFollowUp = true }, new PushReserveOptions { HoldDeferred = true });

        Assert.Equal((PushOutcome.Defer, (string?)null), (step.Decision.Outcome, step.Decision.Digest));
        Assert.NotNull(step.Place);
    }

    [Theory]
    [InlineData(0, 1, new[] { PushOutcome.SendNow, PushOutcome.SendNow })]
    [InlineData(1, 0, new[] { PushOutcome.Drop, PushOutcome.SendNow })]
    public async Task Parts_that_see_different_limits_of_one_budget_fit_as_they_would_one_after_another(int strict, int lax, PushOutcome[] expected)
    {
        // The strict one may take the first unit only, the other one up to the third.
        PushShop shop = ShopAtNight(new LimitsStub(offer => offer == "strict" ? 1 : 3));
        shop.Time.Now = Morning;

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("strict") with { Priority = -strict }, Of("lax") with { Priority = -lax }]);

        Assert.Equal(expected, digest.Parts.Select(part => part.Outcome));
        Assert.Equal(expected.Count(outcome => outcome == PushOutcome.SendNow), Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries).Budgets.Sum(hold => hold.Amount));
    }

    [Fact]
    public async Task Each_part_takes_its_own_from_a_budget_and_what_no_longer_fits_is_left_out()
    {
        PushShop shop = ShopAtNight(new BudgetPolicyStub(2, shared: "campaign"));
        shop.Time.Now = Morning;

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b"), Of("c")]);

        Assert.Equal([PushOutcome.SendNow, PushOutcome.SendNow, PushOutcome.Drop], digest.Parts.Select(part => part.Outcome));
        Assert.Equal(2, Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries).Budgets.Sum(hold => hold.Amount));
    }

    [Fact]
    public async Task What_somebody_else_takes_meanwhile_is_decided_once_more()
    {
        PushShop shop = ShopAtNight(PushShop.Cap(1, Day, cap => cap.Scope = PushScope.Campaign));
        shop.Time.Now = Morning;
        shop.Ledger.BeforeReserve = async () => await shop.Ledger.Inner.RecordSentAsync(Of("other") with { Campaign = "autumn" });

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a"), Of("b") with { Campaign = "autumn" }]);

        Assert.Equal([PushReason.None, PushReason.FrequencyCap], digest.Parts.Select(part => part.Reason));
        Assert.NotNull(digest.Reservation.Place);
    }

    [Fact]
    public async Task A_withdrawal_from_one_topic_takes_the_place_of_the_whole_message()
    {
        PushShop shop = ShopAtNight();
        shop.Time.Now = Morning;
        PushRequest[] parts = [Of("a") with { Topic = "shoes" }, Of("b") with { Topic = "hats" }];
        await shop.Engine.TryReserveDigestAsync("digest", parts);

        Assert.Equal(1, await shop.Ledger.CancelAsync(new Cancellation("ann", 0, [PushLabels.Topic("hats")])));

        Assert.Equal(SettlementStatus.NotFound, await shop.Engine.BeginAsync("ann", "digest"));
    }

    [Fact]
    public async Task A_ledger_that_does_not_answer_sends_nothing()
    {
        PushShop shop = ShopAtNight();
        shop.Ledger.Fault = new LedgerUnavailableException(LedgerFault.Unreachable, "gone");

        PushDigestReservation digest = await shop.Engine.TryReserveDigestAsync("digest", [Of("a")]);

        Assert.Equal((PushReason.StoreUnavailable, PushReason.StoreUnavailable), (digest.Reservation.Decision.Reason, digest.Parts[0].Reason));
    }

    [Fact]
    public async Task What_cannot_be_one_message_is_refused()
    {
        PushShop shop = ShopAtNight();
        await Refused("must have parts", "digest");
        await Refused("name of a digest", " ", Of("a"));
        await Refused("one customer over one channel", "digest", Of("a"), Of("b") with { Channel = ChannelId.Sms });
        await Refused("one customer over one channel", "digest", Of("a"), Of("b") with { UserId = "bob" });
        await Refused("must be promotions", "digest", Of("a") with { Class = MessageClass.Transactional });

        async Task Refused(string expected, string digest, params PushRequest[] parts)
        {
            ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(() => shop.Engine.TryReserveDigestAsync(digest, parts).AsTask());
            Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        }
    }

    private static PushRequest Of(string offer) => Request with { Offer = Request.Offer with { Id = offer } };

    private static PushShop ShopAtNight(params IEnumerable<IPushPolicy> others) =>
        new([new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.Digest }), .. others]) { Time = { Now = Night } };

    /// <summary>A budget of all offers, of which each knows another limit, as offers with other rates of redemption do.</summary>
    private sealed class LimitsStub(Func<OfferId, long> limitOf) : IClaimingPolicy
    {
        public PushStage Stage => PushStage.Eligibility;

        public string Name => "limits";

        public PushVerdict Evaluate(in PushContext context) =>
            context.Snapshot.Budgets.Single().Taken < limitOf(context.Request.Offer.Id) ? PushVerdict.Allow : PushVerdict.Drop(PushReason.NoHeadroom);

        public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names) => names.Add(new BudgetName("all", string.Empty));

        public void AddClaims(in PushContext context, PushClaims claims) =>
            claims.Add(this, new BudgetClaim("all", string.Empty, limitOf(context.Request.Offer.Id), 1), PushReason.NoHeadroom);
    }
}
