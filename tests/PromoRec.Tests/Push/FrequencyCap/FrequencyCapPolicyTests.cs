using System.Collections.Immutable;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.FrequencyCap;

public sealed class FrequencyCapPolicyTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_send_has_aged_out_exactly_a_window_later()
    {
        FrequencyCapPolicy cap = PushShop.Cap(1, Day);
        DateTimeOffset sent = Noon.AddHours(-5);

        Assert.Equal(PushVerdict.Drop(PushReason.FrequencyCap, sent + Day), cap.Evaluate(Context(snapshot: At(sent + Day - TimeSpan.FromTicks(1), Sent(Request, sent)))));
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(snapshot: At(sent + Day, Sent(Request, sent)))).Kind);
    }

    [Fact]
    public void A_place_that_is_held_for_later_counts_as_well()
    {
        FrequencyCapPolicy cap = PushShop.Cap(1, Day);
        PushSnapshot snapshot = At(Noon, Held(Request, Noon.AddHours(8)));

        PushVerdict verdict = cap.Evaluate(Context(snapshot: snapshot));

        Assert.Equal((PushVerdictKind.Drop, Noon.AddHours(8) + TimeToLive + Day), (verdict.Kind, verdict.NextEligibleAt!.Value.AddTicks(1)));
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(snapshot: snapshot, plannedAt: Noon.AddHours(8) + TimeToLive + Day)).Kind);
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(snapshot: At(Noon, Held(Request, Noon.AddHours(24) + TimeToLive)))).Kind);
    }

    [Fact]
    public void A_day_of_twenty_five_hours_is_one_day()
    {
        // Clocks go back in Berlin on 25 October 2026: that day lasts from 22:00Z on the 24th to 23:00Z on the 25th.
        FrequencyCapPolicy cap = PushShop.Cap(1, Day, options => options.Window = CapWindowKind.CalendarDay);
        DateTimeOffset first = new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);
        DateTimeOffset next = new(2026, 10, 25, 23, 0, 0, TimeSpan.Zero);

        Assert.Equal(PushVerdict.Drop(PushReason.FrequencyCap, next), cap.Evaluate(Context(snapshot: At(next.AddTicks(-1), Sent(Request, first)))));
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(snapshot: At(next, Sent(Request, first)))).Kind);
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(snapshot: At(next.AddTicks(-1), Sent(Request, first.AddTicks(-1))))).Kind);
    }

    [Fact]
    public void Where_any_of_several_zones_may_be_the_customers_a_day_of_each_of_them_counts()
    {
        FrequencyCapPolicy cap = PushShop.Cap(1, Day, options => options.Window = CapWindowKind.CalendarDay);
        CustomerZone country = new(ZoneSource.Country, [CalendarOf("America/New_York"), CalendarOf("Pacific/Honolulu")]);
        DateTimeOffset now = new(2026, 11, 18, 6, 0, 0, TimeSpan.Zero);

        // In New York it is one o'clock of a new day, in Honolulu still eight in the evening.
        PushContext context = new(Request, At(now, Sent(Request, now.AddHours(-4))), now, TimeToLive, country, null);

        Assert.Equal(PushVerdictKind.Drop, cap.Evaluate(context).Kind);
        Assert.Equal(new DateTimeOffset(2026, 11, 19, 5, 0, 0, TimeSpan.Zero), cap.Evaluate(context).NextEligibleAt);
    }

    [Fact]
    public void Without_a_zone_a_calendar_cap_sends_nothing_and_a_rolling_one_goes_on()
    {
        PushSnapshot snapshot = Snapshot with { Customer = Snapshot.Customer with { ProfileZone = null } };

        Assert.Equal(
            (PushVerdictKind.Drop, PushReason.UnknownZone),
            PushShop.Cap(1, Day, options => options.Window = CapWindowKind.CalendarDay).Evaluate(Context(snapshot: snapshot)) is var verdict ? (verdict.Kind, verdict.Reason) : default);
        Assert.Equal(PushVerdictKind.Allow, PushShop.Cap(1, Day).Evaluate(Context(snapshot: snapshot)).Kind);
    }

    [Fact]
    public void A_full_day_after_a_full_day_is_skipped_in_what_is_said_about_the_next_chance()
    {
        FrequencyCapPolicy cap = PushShop.Cap(1, Day, options => options.Window = CapWindowKind.CalendarDay);

        PushVerdict verdict = cap.Evaluate(Context(snapshot: At(Noon, Sent(Request, Noon), Held(Request, Noon + Day))));

        Assert.Equal(new DateTimeOffset(2026, 11, 19, 23, 0, 0, TimeSpan.Zero), verdict.NextEligibleAt);
    }

    [Fact]
    public void A_cap_for_ever_never_opens_and_says_which_limit_would()
    {
        PushVerdict verdict = PushShop.Cap(1, Day, options => options.Window = CapWindowKind.Lifetime)
            .Evaluate(Context(snapshot: At(Noon, Sent(Request, Noon.AddDays(-90)), Sent(Request, Noon.AddDays(-80)))));

        Assert.Equal(PushVerdict.Drop(PushReason.FrequencyCap) with { Flip = PushFlip.Number(PushInputs.Limit, 3) }, verdict);
    }

    [Fact]
    public void A_cap_defers_only_to_before_the_deadline_and_never_without_one()
    {
        FrequencyCapPolicy cap = PushShop.Cap(1, Day, options => options.Action = CapAction.Defer);
        PushSnapshot snapshot = At(Noon, Sent(Request, Noon));

        Assert.Equal(PushVerdict.Defer(PushReason.FrequencyCap, Noon + Day), cap.Evaluate(Context(Request with { DeliverBefore = Noon + Day + TimeSpan.FromTicks(1) }, snapshot)));
        Assert.Equal(PushVerdict.Drop(PushReason.FrequencyCap, Noon + Day), cap.Evaluate(Context(Request with { DeliverBefore = Noon + Day }, snapshot)));
        Assert.Equal(PushVerdict.Drop(PushReason.FrequencyCap, Noon + Day), cap.Evaluate(Context(snapshot: snapshot)));
    }

    [Fact]
    public void Categories_are_frozen_when_a_push_is_sent()
    {
        // What is called "deals" today was sent as "news".
        LedgerEntry sent = Sent(Request with { Category = "news" }, Noon);
        FrequencyCapPolicy cap = PushShop.Cap(1, Day, options => options.Scope = PushScope.Category);

        Assert.Equal(PushVerdictKind.Drop, cap.Evaluate(Context(Request with { Category = "news" }, At(Noon, sent))).Kind);
        Assert.Equal(PushVerdictKind.Allow, cap.Evaluate(Context(Request with { Category = "deals" }, At(Noon, sent))).Kind);
    }

    [Theory]
    [InlineData(false, PushOutcome.Drop)]
    [InlineData(true, PushOutcome.SendNow)]
    public void A_narrower_cap_overrides_wider_ones_when_it_is_told_to(bool overrides, PushOutcome expected)
    {
        FrequencyCapOptions all = new() { Limit = 1, Length = Day };
        FrequencyCapOptions channel = new() { Limit = 1, Length = Day, Scope = PushScope.Channel };
        FrequencyCapOptions alerts = new() { Limit = 2, Length = Day, Scope = PushScope.Category, OverrideParent = overrides };
        alerts.AppliesTo.Categories.Add("news");
        ImmutableArray<FrequencyCapPolicy> caps = FrequencyCapPolicy.Create([all, channel, alerts]);
        PushSnapshot once = At(Noon, Sent(Request, Noon));

        Assert.Equal(expected, Decider(caps).Decide(Request, once).Outcome);
        Assert.Equal(PushOutcome.Drop, Decider(caps).Decide(Request with { Category = "deals" }, once).Outcome);
        Assert.Equal(PushOutcome.Drop, Decider(caps).Decide(Request, At(Noon, Sent(Request, Noon, "1"), Sent(Request, Noon, "2"))).Outcome);
    }

    [Fact]
    public void An_overridden_cap_claims_nothing_in_the_ledger()
    {
        FrequencyCapOptions all = new() { Limit = 1, Length = Day };
        FrequencyCapOptions offers = new() { Limit = 2, Length = Day, Scope = PushScope.Offer, OverrideParent = true };
        PushClaims claims = new();
        foreach (FrequencyCapPolicy cap in FrequencyCapPolicy.Create([all, offers]))
        {
            cap.AddClaims(Context(), claims);
        }

        Assert.Equal(2, Assert.Single(claims.Caps).Limit);
    }

    [Fact]
    public void Names_say_what_the_rule_is()
    {
        Assert.Equal("cap:all:3/7d", FrequencyCapPolicy.Create([new FrequencyCapOptions()])[0].Name);
        Assert.Equal("cap:channel:2/day", PushShop.Cap(2, Day, options => (options.Scope, options.Window) = (PushScope.Channel, CapWindowKind.CalendarDay)).Name);
        Assert.Equal("cap:category+key=brand:1/36h", PushShop.Cap(1, 1.5 * Day, options => (options.Scope, options.KeyName) = (PushScope.Category | PushScope.Key, "brand")).Name);
        Assert.Equal("cap:email|sms:1/ever", PushShop.Cap(1, Day, options =>
        {
            options.Window = CapWindowKind.Lifetime;
            options.AppliesTo.Channels.UnionWith([ChannelId.Sms, ChannelId.Email]);
        }).Name);
        Assert.Equal("mine", PushShop.Cap(1, Day, options => options.Name = "mine").Name);
    }

    private static LocalCalendar CalendarOf(string zone) => LocalCalendar.TryGet(zone, out LocalCalendar? calendar) ? calendar : throw new InvalidOperationException(zone);
}
