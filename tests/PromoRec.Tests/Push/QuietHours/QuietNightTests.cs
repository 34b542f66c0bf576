using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Duplicate;
using PromoRec.Push.Ledger;
using PromoRec.Push.LegalQuietHours;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Quiet hours that keep one of several pushes, for a customer in Berlin, where it is 13:00 at noon UTC.</summary>
public sealed class QuietNightTests
{
    private static readonly DateTimeOffset Night = Noon.AddHours(10);
    private static readonly DateTimeOffset Morning = Noon.AddHours(19);
    private static readonly PushReserveOptions AtRelease = new() { DecideAgain = true, OnlyIfHeld = true };

    [Fact]
    public async Task The_first_waits_and_the_others_are_dropped()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferFirstOnly);

        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));
        PushReservation second = await shop.Engine.TryReserveAsync(Of("b"));

        Assert.Equal((PushOutcome.Defer, Morning), (first.Decision.Outcome, first.Place!.At));
        Assert.Equal(PushDecision.Drop(PushReason.AnotherWaits, "quiet-hours", Morning), second.Decision);
        Assert.Null(second.Place);
        Assert.True((await shop.Engine.TryReserveAsync(Of("a"))).IsReplayed);

        shop.Time.Now = Morning;
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("a"), AtRelease)).Decision.Outcome);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("b"))).Decision.Outcome);
    }

    [Fact]
    public async Task The_latest_takes_the_stead_of_the_one_before_and_what_has_lost_its_place_is_not_sent()
    {
        // There is room for one a day, so the later one needs the room of the one that it supersedes.
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly, PushShop.Cap(1, TimeSpan.FromDays(1)));

        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));
        PushReservation second = await shop.Engine.TryReserveAsync(Of("b"));

        Assert.Equal([Morning, Morning], [first.Place!.At, second.Place!.At]);
        Assert.Equal([second.Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));

        shop.Time.Now = Morning;
        Assert.Equal(SettlementStatus.NotFound, await shop.Engine.BeginAsync("ann", first.Key));
        Assert.Equal(PushReason.FrequencyCap, (await shop.Engine.TryReserveAsync(Of("a"), AtRelease)).Decision.Reason);
        Assert.Equal(PushOutcome.SendNow, (await shop.Engine.TryReserveAsync(Of("b"), AtRelease)).Decision.Outcome);
    }

    [Fact]
    public async Task A_place_that_is_gone_is_named_where_nothing_else_stands_against_the_push()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly);
        await shop.Engine.TryReserveAsync(Of("a"));
        await shop.Engine.TryReserveAsync(Of("b"));
        shop.Time.Now = Morning;

        PushReservation gone = await shop.Engine.TryReserveAsync(Of("a"), AtRelease with { Explain = true });

        Assert.Equal((PushOutcome.Drop, PushReason.PlaceGone, true), (gone.Decision.Outcome, gone.Decision.Reason, gone.Decision.Trace is not null));
        Assert.Null(gone.Place);
    }

    [Fact]
    public async Task A_place_that_is_superseded_while_it_is_released_is_not_sent()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly);
        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));
        shop.Time.Now = Morning;
        shop.Ledger.BeforeReserve = async () => await shop.Ledger.Inner.CancelAsync(new Cancellation("ann", 0, []));

        PushReservation released = await shop.Engine.TryReserveAsync(Of("a"), AtRelease);

        Assert.Equal((first.Key, PushReason.PlaceGone), (released.Key, released.Decision.Reason));
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task What_the_later_one_may_not_have_stays_with_the_one_that_waits()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly, new HostPolicyStub("no b", PushStage.Eligibility, context => context.Request.Offer.Id == "b" ? PushVerdict.Drop(PushReason.HostPolicy) : PushVerdict.Allow));
        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));

        Assert.Equal(PushReason.HostPolicy, (await shop.Engine.TryReserveAsync(Of("b"))).Decision.Reason);
        Assert.Equal([first.Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly, true)]
    [InlineData(QuietHoursAction.DeferFirstOnly, false)]
    [InlineData(QuietHoursAction.DeferLatestOnly, true)]
    [InlineData(QuietHoursAction.DeferLatestOnly, false)]
    public async Task What_a_cap_keeps_into_the_next_night_leaves_the_first_one_to_others(QuietHoursAction action, bool comesFirst)
    {
        // Spring was sent an hour before the night, so that another of that campaign has to wait for the next evening, which ends in the next night.
        PushShop shop = ShopAtNight(action, PushShop.Cap(1, TimeSpan.FromDays(1), cap => (cap.Scope, cap.Action) = (PushScope.Campaign, CapAction.Defer)));
        shop.Time.Now = Night.AddHours(-1);
        await shop.Ledger.Inner.RecordSentAsync(Of("sent"));
        shop.Time.Now = Night;
        PushRequest kept = Of("a") with { DeliverBefore = Night.AddDays(3) };
        PushRequest other = Of("b") with { Campaign = "autumn" };

        PushReservation? first = comesFirst ? await shop.Engine.TryReserveAsync(kept) : null;
        PushReservation tonight = await shop.Engine.TryReserveAsync(other);
        Assert.Equal(Morning, tonight.Place?.At);
        PushReservation later = first ?? await shop.Engine.TryReserveAsync(kept);

        // Who comes second while another waits for the first night has come too late for it where the first is kept.
        bool waits = comesFirst || action == QuietHoursAction.DeferLatestOnly;
        Assert.Equal(waits ? Morning.AddDays(1) : null, later.Place?.At);
        string[] held = [.. (await shop.Ledger.ReadAsync("ann")).Entries.Where(entry => entry.State == ReservationState.Reserved).Select(entry => entry.Key)];
        Assert.Equal(waits ? [tonight.Key, later.Key] : [tonight.Key], held);

        PushReservation third = await shop.Engine.TryReserveAsync(Of("c") with { Campaign = "winter", PlannedAt = Night.AddDays(1) });
        Assert.Equal(action == QuietHoursAction.DeferLatestOnly || !waits ? PushOutcome.Defer : PushOutcome.Drop, third.Decision.Outcome);
    }

    [Fact]
    public async Task What_is_asked_before_the_quiet_hours_counts_the_one_that_waits()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly, [.. DuplicatePolicy.Create(new DuplicateOptions())]);
        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));

        Assert.Equal("duplicate:offer:7d", (await shop.Engine.TryReserveAsync(Of("a") with { Campaign = "autumn" })).Decision.Policy);
        Assert.Equal([first.Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    public async Task In_a_list_the_best_is_kept_whichever_is_first_or_latest(QuietHoursAction action)
    {
        PushShop shop = ShopAtNight(action);

        IReadOnlyList<PushReservation> answers = await shop.Engine.TryReserveAsync([Of("a"), Of("b") with { Score = 0.9f }, Of("c")]);

        Assert.Equal([PushReason.AnotherWaits, PushReason.QuietHours, PushReason.AnotherWaits], answers.Select(answer => answer.Decision.Reason));
        Assert.Equal([answers[1].Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
        Assert.Equal(
            answers.Select(answer => answer.Decision.Reason),
            ShopAtNight(action).Engine.Decide([Of("a"), Of("b") with { Score = 0.9f }, Of("c")], At(Night)).Select(decision => decision.Reason));
    }

    [Fact]
    public async Task A_list_supersedes_what_waited_before_it()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly);
        await shop.Engine.TryReserveAsync(Of("before"));

        IReadOnlyList<PushReservation> answers = await shop.Engine.TryReserveAsync([Of("a"), Of("b")]);

        Assert.Equal([answers[0].Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_list_that_is_decided_again_does_not_supersede_its_own_better_part()
    {
        PushShop shop = ShopAtNight(QuietHoursAction.DeferLatestOnly, PushShop.Cap(1, TimeSpan.FromDays(1), cap => (cap.Scope, cap.Action) = (PushScope.Campaign, CapAction.Defer)));

        // Somebody else takes the place of the second campaign, so that its push is decided once more.
        shop.Ledger.BeforeReserve = async () => await shop.Ledger.Inner.RecordSentAsync(Of("other") with { Campaign = "autumn" });
        IReadOnlyList<PushReservation> answers = await shop.Engine.TryReserveAsync([Of("a") with { Priority = 1 }, Of("b") with { Campaign = "autumn" }]);

        Assert.Equal([PushOutcome.Defer, PushOutcome.Drop], answers.Select(answer => answer.Decision.Outcome));
        Assert.Contains(answers[0].Key, (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    public async Task A_list_that_is_repeated_gets_the_same_answers(QuietHoursAction action)
    {
        PushShop shop = ShopAtNight(action);
        IReadOnlyList<PushReservation> before = await shop.Engine.TryReserveAsync([Of("a"), Of("b")]);

        IReadOnlyList<PushReservation> again = await shop.Engine.TryReserveAsync([Of("a"), Of("b")]);

        Assert.Equal([PushOutcome.Defer, PushOutcome.Drop], again.Select(answer => answer.Decision.Outcome));
        Assert.True(again[0].IsReplayed);
        Assert.Equal([before[0].Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    public async Task However_many_ask_at_once_one_waits(QuietHoursAction action)
    {
        PushShop shop = ShopAtNight(action);

        PushReservation[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await shop.Engine.TryReserveAsync(Of($"offer {i}")))));

        LedgerEntry left = Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Contains(left.Key, answers.Where(answer => answer.Place is not null).Select(answer => answer.Key));
        Assert.True(action == QuietHoursAction.DeferLatestOnly || answers.Count(answer => answer.Place is not null) == 1);
        Assert.All(answers.Where(answer => answer.Place is null), answer => Assert.Equal(PushReason.AnotherWaits, answer.Decision.Reason));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    public async Task Each_campaign_each_customer_and_each_night_is_on_its_own(QuietHoursAction action)
    {
        PushShop shop = ShopAtNight(action, PushScope.Campaign);
        shop.Customers.Find = id => Snapshot.Customer with { UserId = id };
        string[] before = [await Held("a", "spring"), await Held("b", "summer"), await Held("c", ""), await Held("d", "")];

        await shop.Engine.TryReserveAsync(Of("e") with { UserId = "bob" });
        Assert.Equal(before.Order(), (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key).Order());

        // What waits for the morning after next is not compared with what waits for tomorrow's.
        PushReservation later = await shop.Engine.TryReserveAsync(Of("f") with { PlannedAt = Night.AddDays(1) });
        Assert.Equal(Morning.AddDays(1), later.Place!.At);
        Assert.Equal(5, (await shop.Ledger.ReadAsync("ann")).Entries.Length);

        async Task<string> Held(string offer, string campaign)
        {
            // What has no campaign waits on its own, with a place only because one is asked for.
            PushReservation held = await shop.Engine.TryReserveAsync(Of(offer) with { Campaign = campaign }, new PushReserveOptions { HoldDeferred = true });
            return held.Place!.Key;
        }
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    [InlineData(QuietHoursAction.Digest)]
    public async Task What_a_customer_needs_for_an_order_waits_on_its_own(QuietHoursAction action)
    {
        PushShop shop = new(new QuietHoursPolicy(new QuietHoursOptions { Action = action, IncludeTransactional = true })) { Time = { Now = Night } };
        PushReserveOptions hold = new() { HoldDeferred = true };
        PushReservation order = await shop.Engine.TryReserveAsync(Of("order") with { Class = MessageClass.Transactional }, hold);
        PushReservation offer = await shop.Engine.TryReserveAsync(Of("a"), hold);
        PushReservation another = await shop.Engine.TryReserveAsync(Of("second order") with { Class = MessageClass.Transactional }, hold);

        Assert.Equal([PushOutcome.Defer, PushOutcome.Defer, PushOutcome.Defer], [order.Decision.Outcome, offer.Decision.Outcome, another.Decision.Outcome]);
        Assert.Null(order.Decision.Digest);
        Assert.Equal(action == QuietHoursAction.Digest ? 2 : 3, (await shop.Ledger.ReadAsync("ann")).Entries.Length);
    }

    [Fact]
    public void What_is_dropped_because_another_waits_would_be_sent_at_the_end_as_its_trace_says()
    {
        QuietHoursPolicy policy = new(new QuietHoursOptions { Action = QuietHoursAction.DeferFirstOnly });
        PushShop shop = new(policy);
        PushSnapshot night = At(Night);
        IReadOnlyList<PushDecision> decisions = shop.Engine.Decide([Of("a"), Of("b")], night, explain: true);

        PushTraceEntry entry = Assert.Single(decisions[1].Trace!.Entries);
        Assert.Equal((PushReason.AnotherWaits, PushFlip.Wait(Morning)), (entry.Verdict.Reason, entry.Verdict.Flip));
        Assert.Contains("\"another_waits\"", System.Text.Encoding.UTF8.GetString(decisions[1].ToUtf8Json()), StringComparison.Ordinal);
        Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(Of("b"), At(Morning))).Kind);
    }

    [Fact]
    public async Task Own_and_legal_quiet_hours_that_end_together_are_one_night()
    {
        // The second rule keeps the push until an hour later, in which the first has another one waiting.
        PushShop shop = new(
            new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.DeferFirstOnly }),
            new QuietHoursPolicy(new QuietHoursOptions { Action = QuietHoursAction.DeferFirstOnly, AllChannels = QuietWeek.Daily(new TimeOnly(20, 0), new TimeOnly(9, 0)) }, name: "law"))
        {
            Time = { Now = Night },
        };

        PushReservation first = await shop.Engine.TryReserveAsync(Of("a"));
        shop.Time.Now = Morning.AddMinutes(10);
        PushReservation second = await shop.Engine.TryReserveAsync(Of("b"));

        Assert.Equal(Morning.AddHours(1), first.Place!.At);
        Assert.Equal((PushReason.AnotherWaits, "law"), (second.Decision.Reason, second.Decision.Policy));
    }

    [Theory]
    [InlineData(QuietHoursAction.DeferFirstOnly)]
    [InlineData(QuietHoursAction.DeferLatestOnly)]
    public async Task Legal_quiet_hours_keep_one_of_several_as_own_ones_do(QuietHoursAction action)
    {
        QuietHoursOptions manner = new() { Action = action, Scope = PushScope.Key, KeyName = "brand" };
        PushShop shop = new(new LegalQuietHoursPolicy(JurisdictionPacks.Shipped, manner), new QuietHoursPolicy(manner)) { Time = { Now = Night } };

        PushReservation first = await shop.Engine.TryReserveAsync(Branded("a", "x"));
        PushReservation other = await shop.Engine.TryReserveAsync(Branded("b", "y"));
        PushReservation second = await shop.Engine.TryReserveAsync(Branded("c", "x"));

        string kept = action == QuietHoursAction.DeferFirstOnly ? first.Key : second.Key;
        Assert.Equal(new[] { kept, other.Key }.Order(), (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key).Order());

        PushRequest Branded(string offer, string brand) => Of(offer) with { Keys = [KeyValuePair.Create("brand", brand)] };
    }

    private static PushRequest Of(string offer) => Request with { Offer = Request.Offer with { Id = offer } };

    private static PushShop ShopAtNight(QuietHoursAction action, params IEnumerable<IPushPolicy> others) => ShopAtNight(action, PushScope.Global, others);

    private static PushShop ShopAtNight(QuietHoursAction action, PushScope scope, params IEnumerable<IPushPolicy> others) =>
        new([new QuietHoursPolicy(new QuietHoursOptions { Action = action, Scope = scope }), .. others]) { Time = { Now = Night } };
}
