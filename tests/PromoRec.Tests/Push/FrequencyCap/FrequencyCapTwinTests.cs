using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.FrequencyCap;
using PromoRec.Tests.Properties;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.FrequencyCap;

public sealed class FrequencyCapTwinTests
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_cap_counts_what_the_specification_says_compared_property_by_property() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Check).Holds(5000);

    private static void Check(int seed)
    {
        Random random = new(seed);
        DateTimeOffset now = new DateTimeOffset(2026, 10, 20, 0, 0, 0, TimeSpan.Zero) + (random.Next(24 * 14) * Step);
        PushRequest request = RandomRequest(random);
        (PushRequest Request, DateTimeOffset At)[] past = [.. Enumerable.Range(0, random.Next(30)).Select(_ => (RandomRequest(random), now - (random.Next(24 * 12) * Step)))];
        FrequencyCapOptions options = RandomOptions(random);
        FrequencyCapPolicy policy = FrequencyCapPolicy.Create([options])[0];
        PushSnapshot snapshot = At(now, [.. past.OrderBy(sent => sent.At).Select((sent, i) => Sent(sent.Request, sent.At, $"{i}"))]);

        PushVerdict verdict = policy.Evaluate(Context(request, snapshot));

        bool applies = request.IsHeldByCaps && Matches(options.AppliesTo, request) && HasWhatIsCountedBy(options.Scope, request);
        int counted = !applies ? 0 : past.Count(sent => IsCounted(options, sent.Request, request) && Matches(options.CountOnly, sent.Request) && IsInWindow(options, sent.At, now));
        Assert.Equal(counted >= options.Limit ? PushVerdictKind.Drop : PushVerdictKind.Allow, verdict.Kind);

        // What the ledger would say is the same.
        PushClaims claims = new();
        policy.AddClaims(Context(request, snapshot), claims);
        Assert.Equal(applies ? 1 : 0, claims.Caps.Length);
        Assert.All(claims.Caps, cap => Assert.Equal(counted < options.Limit, snapshot.History.Count(cap, now, TimeToLive, now).Fits));
    }

    private static bool IsCounted(FrequencyCapOptions options, PushRequest sent, PushRequest asked)
    {
        bool ofChannel = options.Scope.HasFlag(PushScope.Channel);
        return sent.IsCounted
            && (ofChannel || !sent.IsFollowUp)
            && (!ofChannel || sent.Channel == asked.Channel)
            && (!options.Scope.HasFlag(PushScope.Category) || sent.Category == asked.Category)
            && (!options.Scope.HasFlag(PushScope.Campaign) || sent.Campaign == asked.Campaign)
            && (!options.Scope.HasFlag(PushScope.Offer) || sent.Offer.Id == asked.Offer.Id)
            && (!options.Scope.HasFlag(PushScope.Key) || (sent.Keys.Length > 0 && sent.Keys[0].Value == asked.Keys[0].Value));
    }

    private static bool HasWhatIsCountedBy(PushScope scope, PushRequest request) =>
        (scope.HasFlag(PushScope.Channel) || !request.IsFollowUp)
        && (!scope.HasFlag(PushScope.Category) || request.Category.Length > 0)
        && (!scope.HasFlag(PushScope.Campaign) || request.Campaign.Length > 0)
        && (!scope.HasFlag(PushScope.Key) || request.Keys.Length > 0);

    private static bool Matches(PushFilter filter, PushRequest request) =>
        (filter.Channels.Count == 0 || filter.Channels.Contains(request.Channel))
        && (filter.Categories.Count == 0 || filter.Categories.Contains(request.Category))
        && (filter.Campaigns.Count == 0 || filter.Campaigns.Contains(request.Campaign));

    private static bool IsInWindow(FrequencyCapOptions options, DateTimeOffset at, DateTimeOffset now)
    {
        DateTime then = TimeZoneInfo.ConvertTime(at, Berlin).DateTime;
        DateTime local = TimeZoneInfo.ConvertTime(now, Berlin).DateTime;
        return options.Window switch
        {
            CapWindowKind.Rolling => now - options.Length < at,
            CapWindowKind.CalendarDay => then.Date == local.Date,
            CapWindowKind.CalendarWeek => StartOfWeek(then, options.WeekStart) == StartOfWeek(local, options.WeekStart),
            CapWindowKind.CalendarMonth => (then.Year, then.Month) == (local.Year, local.Month),
            _ => true,
        };
    }

    private static DateTime StartOfWeek(DateTime local, DayOfWeek start)
    {
        DateTime date = local.Date;
        while (date.DayOfWeek != start)
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    private static PushRequest RandomRequest(Random random) => Request with
    {
        Offer = Request.Offer with { Id = random.Next(2) },
        Channel = random.Next(3) == 0 ? ChannelId.Sms : random.Next(6) == 0 ? ChannelId.InApp : ChannelId.Email,
        Campaign = random.Next(3) == 0 ? "" : random.Next(2) == 0 ? "spring" : "sale",
        Category = random.Next(3) == 0 ? "" : random.Next(2) == 0 ? "news" : "deals",
        Keys = random.Next(3) == 0 ? [] : [new("brand", random.Next(2) == 0 ? "a" : "b")],
        Class = random.Next(6) == 0 ? MessageClass.Transactional : MessageClass.Promotional,
        IsFollowUp = random.Next(6) == 0,
        ObeyCaps = random.Next(6) == 0 ? random.Next(2) == 0 : null,
        CountTowardCaps = random.Next(6) == 0 ? random.Next(2) == 0 : null,
    };

    private static FrequencyCapOptions RandomOptions(Random random)
    {
        var options = new FrequencyCapOptions
        {
            Scope = (PushScope)(random.Next(32) & random.Next(32)),
            Limit = random.Next(1, 5),
            Window = (CapWindowKind)random.Next(5),
            Length = random.Next(1, 200) * Step,
            WeekStart = (DayOfWeek)random.Next(7),
        };
        options.KeyName = options.Scope.HasFlag(PushScope.Key) ? "brand" : null;
        if (random.Next(3) == 0)
        {
            options.AppliesTo.Channels.Add(ChannelId.Email);
        }

        if (random.Next(3) == 0)
        {
            options.CountOnly.Channels.UnionWith([ChannelId.Email, ChannelId.Sms]);
        }

        if (random.Next(3) == 0)
        {
            options.CountOnly.Campaigns.UnionWith(["spring", "sale"]);
        }

        return options;
    }
}
