using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.Calendar.Zones;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

public sealed class QuietHoursPolicyTests
{
    private const string Night = "2026-05-05T23:00Z";
    private const string Noon = "2026-05-05T10:00Z";

    [Fact]
    public void By_default_a_push_in_the_night_waits_for_eight_in_the_morning()
    {
        PushVerdict verdict = Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night));

        Assert.Equal(PushVerdict.Defer(PushReason.QuietHours, Utc("2026-05-06T06:00Z")), verdict);
        Assert.Equal(PushVerdictKind.Allow, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", "2026-05-06T06:00Z")).Kind);
    }

    [Fact]
    public void A_push_in_the_day_is_allowed_until_quiet_hours_start()
    {
        PushVerdict verdict = Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Noon));

        Assert.Equal(PushVerdictKind.Allow, verdict.Kind);
        Assert.Equal(PushFlip.Wait(Utc("2026-05-05T19:00Z")), verdict.Flip);
        Assert.Equal(PushVerdictKind.Defer, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", "2026-05-05T19:00Z")).Kind);
    }

    [Theory]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-29T00:30Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-03-08T02:00Z", "2026-03-08T12:00Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-11-01T01:00Z", "2026-11-01T13:00Z")]
    public void Where_clocks_change_a_push_waits_for_the_instant_of_the_specification(string zone, string from, string to, string now, string until) =>
        Assert.Equal(Utc(until), Evaluate(new QuietHoursOptions { AllChannels = Daily((from, to)) }, Context(zone, now)).NextEligibleAt);

    [Fact]
    public void Quiet_hours_are_looked_at_when_it_would_be_sent_and_not_now()
    {
        PushRequest planned = Request with { PlannedAt = Utc(Night) };

        Assert.Equal(Utc("2026-05-06T06:00Z"), Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Noon, planned)).NextEligibleAt);
        Assert.Equal(PushVerdictKind.Allow, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", "2026-05-04T23:00Z", Request with { PlannedAt = Utc(Noon) })).Kind);
    }

    [Fact]
    public void A_channel_may_have_hours_of_its_own_or_none()
    {
        var options = new QuietHoursOptions { Channels = { [ChannelId.Sms] = Daily(("09:00", "17:00")), [ChannelId.AppPush] = new QuietWeek() } };

        Assert.Equal(Utc("2026-05-05T15:00Z"), Evaluate(options, Context("Europe/Berlin", Noon, Request with { Channel = ChannelId.Sms })).NextEligibleAt);
        Assert.Equal(PushVerdictKind.Allow, Evaluate(options, Context("Europe/Berlin", Night, Request with { Channel = ChannelId.Sms })).Kind);
        Assert.Equal(PushVerdict.Allow, Evaluate(options, Context("Europe/Berlin", Night, Request with { Channel = ChannelId.AppPush })));
        Assert.Equal(PushVerdictKind.Defer, Evaluate(options, Context("Europe/Berlin", Night, Request with { Channel = ChannelId.WeChat })).Kind);
    }

    [Fact]
    public void A_message_inside_the_app_is_never_held()
    {
        var options = new QuietHoursOptions { IncludeTransactional = true };
        PushRequest inApp = Request with { Channel = ChannelId.InApp };

        Assert.Equal(PushVerdict.Allow, Evaluate(options, Context("Europe/Berlin", Night, inApp)));
        Assert.Equal(PushVerdict.Allow, Evaluate(options, Context(default, Utc(Night), inApp)));
    }

    [Fact]
    public void A_transactional_message_is_held_only_where_the_options_say_so()
    {
        PushRequest receipt = Request with { Class = MessageClass.Transactional };

        Assert.Equal(PushVerdict.Allow, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night, receipt)));
        Assert.Equal(PushVerdictKind.Defer, Evaluate(new QuietHoursOptions { IncludeTransactional = true }, Context("Europe/Berlin", Night, receipt)).Kind);
    }

    [Fact]
    public void Without_a_time_zone_nothing_is_sent_that_has_quiet_hours()
    {
        PushVerdict verdict = Evaluate(new QuietHoursOptions(), Context(new CustomerZone(ZoneSource.Unknown, []), Utc(Noon)));

        Assert.Equal((PushVerdictKind.Drop, PushReason.UnknownZone, null), (verdict.Kind, verdict.Reason, verdict.NextEligibleAt));
        Assert.Equal(PushFlip.Fact(PushInputs.Zone, "UTC"), verdict.Flip);
        Assert.Equal(PushVerdict.Allow, Evaluate(new QuietHoursOptions { AllChannels = new QuietWeek() }, Context(default, Utc(Noon))));
    }

    [Fact]
    public void With_all_zones_of_a_country_what_is_quiet_in_one_is_quiet()
    {
        CustomerZone usa = Zone("America/New_York", "America/Los_Angeles", "Pacific/Honolulu");

        // 08:00 in Honolulu, where there is no summer time, until 21:00 in New York.
        PushVerdict night = Evaluate(new QuietHoursOptions(), Context(usa, Utc("2026-07-01T12:00Z")));
        PushVerdict day = Evaluate(new QuietHoursOptions(), Context(usa, Utc("2026-07-01T18:00Z")));

        Assert.Equal(Utc("2026-07-01T18:00Z"), night.NextEligibleAt);
        Assert.Equal((PushVerdictKind.Allow, PushFlip.Wait(Utc("2026-07-02T01:00Z"))), (day.Kind, day.Flip));
    }

    [Fact]
    public void To_drop_instead_says_when_it_could_be_sent()
    {
        PushVerdict verdict = Evaluate(new QuietHoursOptions { Action = QuietHoursAction.Drop }, Context("Europe/Berlin", Night));

        Assert.Equal(PushVerdict.Drop(PushReason.QuietHours, Utc("2026-05-06T06:00Z")), verdict);
    }

    [Theory]
    [InlineData("2026-05-06T05:59Z", false)]
    [InlineData("2026-05-06T06:00Z", false)]
    [InlineData("2026-05-06T06:01Z", true)]
    public void What_would_be_worthless_at_their_end_is_dropped(string deliverBefore, bool isDeferred)
    {
        PushVerdict verdict = Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night, Request with { DeliverBefore = Utc(deliverBefore) }));

        Assert.Equal(isDeferred ? (PushVerdictKind.Defer, PushReason.QuietHours) : (PushVerdictKind.Drop, PushReason.ExpiredInQuietHours), (verdict.Kind, verdict.Reason));
    }

    [Fact]
    public void A_drop_for_lateness_names_the_deadline_that_would_do()
    {
        PushRequest hurried = Request with { DeliverBefore = Utc("2026-05-06T04:00Z") };
        PushRequest ending = Request with { Offer = Request.Offer with { ValidTo = Utc("2026-05-06T05:00Z") } };

        PushFlip before = Explain(new QuietHoursOptions(), "Europe/Berlin", Night, hurried).Flip;
        PushFlip end = Explain(new QuietHoursOptions(), "Europe/Berlin", Night, ending).Flip;

        Assert.Equal((PushInputs.DeliverBefore, PushInputs.ValidTo), (before.Input, end.Input));
        PushRequest later = hurried with { DeliverBefore = Instant(before) };
        PushRequest longer = ending with { Offer = ending.Offer with { ValidTo = Instant(end) } };
        Assert.Equal(PushVerdictKind.Defer, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night, later)).Kind);
        Assert.Equal(PushVerdictKind.Defer, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night, longer)).Kind);
        Assert.Equal(PushVerdictKind.Drop, Evaluate(new QuietHoursOptions(), Context("Europe/Berlin", Night, later with { DeliverBefore = Instant(before).AddTicks(-1) })).Kind);
        Assert.Equal(default, Explain(new QuietHoursOptions(), "Europe/Berlin", Night, ending with { DeliverBefore = Utc("2026-05-06T04:00Z") }).Flip);
    }

    [Fact]
    public void Quiet_hours_without_an_end_drop()
    {
        var always = new QuietHoursOptions { AllChannels = Daily(("00:00", "12:00"), ("12:00", "00:00")) };

        Assert.Equal(PushVerdict.Drop(PushReason.QuietHours), Evaluate(always, Context("Europe/Berlin", Noon)));
    }

    [Fact]
    public void A_trace_has_the_zone_and_where_quiet_hours_end_or_start()
    {
        Assert.Equal(
            [new PushObservation("zone", null, null, "Europe/Berlin"), new PushObservation("quietUntil", null, Utc("2026-05-06T06:00Z"), null)],
            Saw(Context(Zone("Europe/Berlin"), Utc(Night), trace: null)));
        Assert.Equal(
            [new PushObservation("zone", null, null, "Europe/Berlin"), new PushObservation("zones", 2, null, null), new PushObservation("quietFrom", null, Utc("2026-05-05T18:00Z"), null)],
            Saw(Context(Zone("Europe/Berlin", "Europe/Moscow"), Utc(Noon), trace: null)));
    }

    [Fact]
    public void The_policy_belongs_to_timing_and_has_the_name_it_was_given()
    {
        Assert.Equal((PushStage.Timing, "quiet-hours"), (new QuietHoursPolicy(new QuietHoursOptions()).Stage, new QuietHoursPolicy(new QuietHoursOptions()).Name));
        Assert.Equal("quiet-hours:us", new QuietHoursPolicy(new QuietHoursOptions(), null, "quiet-hours:us").Name);
    }

    [Fact]
    public void Options_that_are_changed_later_change_nothing()
    {
        var options = new QuietHoursOptions();
        var policy = new QuietHoursPolicy(options);
        options.AllChannels = new QuietWeek();
        options.Action = QuietHoursAction.Drop;

        Assert.Equal(PushVerdictKind.Defer, policy.Evaluate(Context("Europe/Berlin", Night)).Kind);
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { Jitter = TimeSpan.FromMinutes(10), Channels = { [ChannelId.Sms] = Daily(("09:00", "17:00")) } });
        PushContext[] contexts = [Context("Europe/Berlin", Night), Context("Europe/Berlin", Noon), Context("Europe/Berlin", "2026-03-29T00:30Z"), Context("Europe/Berlin", Night, Request with { DeliverBefore = Utc(Night) })];
        long sum = Sum(policy, contexts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += Sum(policy, contexts);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    private static long Sum(QuietHoursPolicy policy, PushContext[] contexts)
    {
        long sum = 0;
        foreach (ref readonly PushContext context in contexts.AsSpan())
        {
            sum += policy.Evaluate(in context).NextEligibleAt?.Ticks ?? 1;
        }

        return sum;
    }

    private static PushVerdict Evaluate(QuietHoursOptions options, in PushContext context) => new QuietHoursPolicy(options).Evaluate(in context);

    private static PushVerdict Explain(QuietHoursOptions options, string zone, string now, PushRequest request) =>
        Evaluate(options, Context(Zone(zone), Utc(now), request, new PushTraceBuilder(1)));

    private static ImmutableArray<PushObservation> Saw(PushContext context)
    {
        var trace = new PushTraceBuilder(1);
        var policy = new QuietHoursPolicy(new QuietHoursOptions());
        PushVerdict verdict = policy.Evaluate(Context(context.Zone, context.Now, context.Request, trace));
        trace.Close(0, policy.Stage, policy.Name, context.PlannedAt, verdict);
        return trace.Build(context.Now).Entries[0].Saw;
    }

    private static DateTimeOffset Instant(PushFlip flip) => DateTimeOffset.ParseExact(flip.Text!, "O", CultureInfo.InvariantCulture);
}
