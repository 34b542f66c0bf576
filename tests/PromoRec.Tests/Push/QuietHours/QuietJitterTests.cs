using PromoRec.Push;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.Calendar.Zones;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

public sealed class QuietJitterTests
{
    private static readonly DateTimeOffset End = Utc("2026-05-06T06:00Z");

    [Fact]
    public void Customers_are_spread_over_the_time_after_the_end()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { Jitter = TimeSpan.FromMinutes(15) });
        double[] minutes = [.. Enumerable.Range(0, 15_000).Select(user => (Until(policy, Request with { UserId = user }) - End).TotalMinutes)];

        Assert.All(minutes, minute => Assert.InRange(minute, 0, 15));

        // One thousand in each minute; the standard deviation of a count is below 31.
        Assert.All(minutes.GroupBy(minute => (int)minute), minute => Assert.InRange(minute.Count(), 850, 1150));
        Assert.Equal(15, minutes.Max(minute => (int)minute) + 1);
    }

    [Fact]
    public void A_customer_and_an_offer_always_get_the_same_place()
    {
        var options = new QuietHoursOptions { Jitter = TimeSpan.FromMinutes(15) };

        Assert.Equal(Until(new QuietHoursPolicy(options), Request), Until(new QuietHoursPolicy(options), Request with { Priority = 3 }));
        Assert.NotEqual(Until(new QuietHoursPolicy(options), Request), Until(new QuietHoursPolicy(options), Request with { Offer = Request.Offer with { Id = "winter" } }));
        Assert.NotEqual(Until(new QuietHoursPolicy(options), Request), Until(new QuietHoursPolicy(options), Request with { UserId = "somebody" }));

        // As written down once, so that another process gets it, too.
        Assert.Equal(Utc("2026-05-06T06:11:43.319Z"), Until(new QuietHoursPolicy(options), Request));
    }

    [Fact]
    public void Nobody_is_spread_into_the_next_quiet_hours()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { AllChannels = Daily(("21:00", "08:00"), ("08:03", "09:00")), Jitter = TimeSpan.FromMinutes(15) });
        DateTimeOffset[] until = [.. Enumerable.Range(0, 1000).Select(user => Until(policy, Request with { UserId = user }))];

        Assert.All(until, at => Assert.InRange(at, End, End.AddMinutes(3).AddTicks(-1)));
        Assert.True(until.Max() > End.AddMinutes(2));
        Assert.All(until, at => Assert.Equal(PushVerdictKind.Allow, policy.Evaluate(Context(Zone("Europe/Berlin"), at)).Kind));
    }

    [Fact]
    public void Nobody_is_spread_behind_the_deadline()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { Jitter = TimeSpan.FromMinutes(15) });
        DateTimeOffset[] until = [.. Enumerable.Range(0, 1000).Select(user => Until(policy, Request with { UserId = user, DeliverBefore = End.AddMinutes(2) }))];

        Assert.All(until, at => Assert.InRange(at, End, End.AddMinutes(2).AddTicks(-1)));
        Assert.Equal(End, Until(policy, Request with { DeliverBefore = End.AddTicks(1) }));
    }

    private static DateTimeOffset Until(QuietHoursPolicy policy, PushRequest request)
    {
        PushVerdict verdict = policy.Evaluate(Context("Europe/Berlin", "2026-05-05T23:00Z", request));
        Assert.Equal(PushVerdictKind.Defer, verdict.Kind);
        return verdict.NextEligibleAt!.Value;
    }
}
