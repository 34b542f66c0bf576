using Microsoft.Extensions.Options;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

public sealed class QuietHoursOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(FaultsOf(new QuietHoursOptions()));

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var options = new QuietHoursOptions
        {
            AllChannels = new QuietWeek
            {
                EveryDay = [Interval("08:00", "08:00")],
                Days = { [DayOfWeek.Monday] = [.. Enumerable.Range(0, 9).Select(hour => new QuietInterval(new TimeOnly(hour, 0), new TimeOnly(hour, 30)))], [(DayOfWeek)7] = [], [DayOfWeek.Sunday] = null! },
            },
            Channels = { [default] = new QuietWeek(), [ChannelId.InApp] = new QuietWeek(), [ChannelId.Sms] = null!, [ChannelId.Email] = Daily(("00:00", "00:00")) },
            Action = (QuietHoursAction)9,
            Scope = PromoRec.Push.PushScope.Key,
            PlannedSends = (PlannedSendAction)9,
            Jitter = TimeSpan.FromMinutes(15) + TimeSpan.FromTicks(1),
        };

        Assert.Equal(
            [
                "AllChannels.EveryDay has an interval from 08:00:00 to 08:00:00, which could mean nothing or a whole day; leave it out, or give two halves of a day.",
                "AllChannels.Days[Monday] has 9 intervals, but 8 are the most for one day.",
                "AllChannels.Days must name days from Sunday to Saturday, but has 7.",
                "AllChannels.Days[Sunday] must not be null; an empty list means no quiet hours.",
                "Channels must name channels, but has the default value; use new ChannelId(\"sms\") or one of ChannelId's own.",
                "Channels[in-app] has no effect: messages inside the app are never held; leave it out.",
                "Channels[sms] must not be null; a new QuietWeek has no quiet hours.",
                "Channels[email].EveryDay has an interval from 00:00:00 to 00:00:00, which could mean nothing or a whole day; leave it out, or give two halves of a day.",
                "Action must be DeferToEnd, DeferFirstOnly, DeferLatestOnly, Digest or Drop, but is 9.",
                "Property KeyName: must name the key to count by, because Scope has Key.",
                "PlannedSends must be HoldToEnd or NearestEdge, but is 9.",
                "Jitter must be from zero to 00:15:00, but is 00:15:00.0000001.",
            ],
            FaultsOf(options));
        Assert.Contains("has 9 intervals", Assert.Throws<ArgumentException>("options", () => new QuietHoursPolicy(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_a_fault() => Assert.Equal(
        ["PlannedSends is NearestEdge, but Action is Drop, which moves nothing; set Action to DeferToEnd.", "Jitter must be from zero to 00:15:00, but is -00:00:01."],
        FaultsOf(new QuietHoursOptions { Action = QuietHoursAction.Drop, PlannedSends = PlannedSendAction.NearestEdge, Jitter = TimeSpan.FromSeconds(-1) }));

    [Fact]
    public void The_widest_options_are_valid() => Assert.Empty(FaultsOf(new QuietHoursOptions
    {
        AllChannels = new QuietWeek { EveryDay = [.. Enumerable.Range(0, 8).Select(hour => new QuietInterval(new TimeOnly(hour, 0), new TimeOnly(hour, 30)))] },
        Jitter = TimeSpan.FromMinutes(15),
    }));

    [Fact]
    public void A_quiet_day_is_checked_when_it_is_made()
    {
        Assert.Throws<ArgumentException>("intervals", () => QuietDay.Of(Interval("08:00", "08:00")));
        Assert.Throws<ArgumentException>("intervals", () => QuietDay.Of([.. Enumerable.Range(0, 9).Select(hour => new QuietInterval(new TimeOnly(hour, 0), new TimeOnly(hour, 30)))]));
        Assert.Throws<ArgumentNullException>("intervals", () => QuietDay.Of(null!));
        Assert.Throws<ArgumentOutOfRangeException>("weekday", () => QuietDay.Like((DayOfWeek)7));
    }

    private static IEnumerable<string> FaultsOf(QuietHoursOptions options) => new QuietHoursOptionsValidator().Validate(Options.DefaultName, options).Failures ?? [];
}
