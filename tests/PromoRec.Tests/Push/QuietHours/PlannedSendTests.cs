using PromoRec.Push;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.Calendar.Zones;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Where pushes go whose own planned instant falls into quiet hours: 21:00 to 08:00 in UTC.</summary>
public sealed class PlannedSendTests
{
    [Theory]
    [InlineData("2026-05-05T20:00Z", "2026-05-05T20:00Z")]
    [InlineData("2026-05-05T21:00Z", "2026-05-05T20:59Z")]
    [InlineData("2026-05-06T02:29Z", "2026-05-05T20:59Z")]
    [InlineData("2026-05-06T02:30Z", "2026-05-06T02:30Z")]
    [InlineData("2026-05-06T07:00Z", "2026-05-06T07:00Z")]
    public void The_nearer_edge_may_be_the_minute_before_they_start(string planned, string placed) =>
        Assert.Equal(Utc(placed), Place(PlannedSendAction.NearestEdge, "2026-05-05T12:00Z", planned));

    [Fact]
    public void By_default_a_planned_push_is_held_to_their_end() =>
        Assert.Equal(Utc("2026-05-05T21:30Z"), Place(PlannedSendAction.HoldToEnd, "2026-05-05T12:00Z", "2026-05-05T21:30Z"));

    [Fact]
    public void An_edge_that_is_past_is_not_taken()
    {
        Assert.Equal(Utc("2026-05-05T21:30Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T21:00Z", "2026-05-05T21:30Z"));
        Assert.Equal(Utc("2026-05-05T20:59:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T20:59:59Z", "2026-05-05T21:30Z"));
        Assert.Equal(Utc("2026-05-05T20:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T20:59Z", "2026-05-05T21:30Z"));
    }

    [Fact]
    public void An_edge_inside_other_quiet_hours_is_not_taken()
    {
        QuietWeek week = Daily(("19:00", "20:59"), ("21:00", "08:00"));
        QuietWeek wider = Daily(("19:00", "20:58"), ("21:00", "08:00"));
        QuietWeek narrower = Daily(("19:00", "20:59"), ("20:59", "08:00"));

        Assert.Equal(Utc("2026-05-05T20:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T12:00Z", "2026-05-05T21:30Z", week));
        Assert.Equal(Utc("2026-05-05T20:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T12:00Z", "2026-05-05T21:30Z", wider));
        Assert.Equal(Utc("2026-05-05T18:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T12:00Z", "2026-05-05T21:30Z", narrower));
    }

    [Fact]
    public void Where_their_end_would_be_too_late_the_minute_before_them_is_taken() =>
        Assert.Equal(Utc("2026-05-05T20:59Z"), Place(PlannedSendAction.NearestEdge, "2026-05-05T12:00Z", "2026-05-06T07:00Z", deliverBefore: "2026-05-06T08:00Z"));

    [Fact]
    public void A_push_that_has_no_quiet_hours_or_no_zone_stays_where_it_is()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { PlannedSends = PlannedSendAction.NearestEdge });
        PushRequest request = Request with { PlannedAt = Utc("2026-05-05T21:30Z") };

        Assert.Equal(request.PlannedAt, policy.Place(Context("UTC", "2026-05-05T12:00Z", request with { Channel = ChannelId.InApp })));
        Assert.Equal(request.PlannedAt, policy.Place(Context("UTC", "2026-05-05T12:00Z", request with { Class = MessageClass.Transactional })));
        Assert.Equal(request.PlannedAt, policy.Place(Context(default, Utc("2026-05-05T12:00Z"), request)));
    }

    private static DateTimeOffset Place(PlannedSendAction action, string now, string planned, QuietWeek? week = null, string? deliverBefore = null)
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { PlannedSends = action, AllChannels = week ?? Daily(("21:00", "08:00")) });
        PushRequest request = Request with { PlannedAt = Utc(planned), DeliverBefore = deliverBefore is null ? null : Utc(deliverBefore) };
        return policy.Place(Context("UTC", now, request));
    }
}
