using PromoRec.Push;
using PromoRec.Push.Cooldown;
using PromoRec.Push.Duplicate;
using PromoRec.Push.FrequencyCap;
using PromoRec.Push.Ledger;
using PromoRec.Push.MinimumGap;
using PromoRec.Push.MinimumScore;
using PromoRec.Push.QuietHours;
using PromoRec.Push.Reach;

namespace PromoRec.Tests.Push.Cases;

/// <summary>Random cases, each from its seed. Times lie on a coarse grid, so that bounds are hit often.</summary>
internal sealed class PushCases(int seed)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private static readonly ChannelId[] Channels = [ChannelId.Email, ChannelId.Email, ChannelId.Sms, ChannelId.AppPush, ChannelId.InApp, new("fax")];
    private static readonly TimeSpan[] Lengths = [Step, TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    private readonly Random _random = new(seed);

    public static PushCase Of(int seed) => new PushCases(seed).Next();

    private PushCase Next()
    {
        DateTimeOffset now = PushScenario.Noon + (_random.Next(400) * Step);
        PushRequest request = Request() with
        {
            PlannedAt = OneIn(5) ? now + (_random.Next(-4, 40) * Step) : null,
            DeliverBefore = OneIn(2) ? now + (_random.Next(-2, Pick(40, 400)) * Step) : null,
        };
        PushSnapshot snapshot = PushScenario.At(now, [.. Entries(now).OrderBy(entry => entry.At)]);
        return new PushCase(request, snapshot with { Customer = Customer(now) }, [.. Rules().DistinctBy(rule => rule.Policy.Name)]);
    }

    private PushRequest Request() => PushScenario.Request with
    {
        Offer = PushScenario.Request.Offer with { Id = Pick<OfferId>("tea", "coffee", 3) },
        Channel = Pick(Channels),
        Campaign = Pick("", "spring", "sale"),
        Category = Pick("", "news", "deals"),
        Class = OneIn(10) ? MessageClass.Transactional : MessageClass.Promotional,
        Score = Pick(0, 0.25f, 0.5f, 0.1f, float.NaN, -1e-30f, 1e30f),
        Keys = OneIn(2) ? [] : [new("brand", Pick("a", "b"))],
        ContentHash = OneIn(2) ? null : Pick("x", "y"),
        Occurrence = Pick("", "1", "2"),
        IsFollowUp = OneIn(10),
        ObeyCaps = OneIn(10) ? OneIn(2) : null,
        CountTowardCaps = OneIn(10) ? OneIn(2) : null,
    };

    private IEnumerable<LedgerEntry> Entries(DateTimeOffset now)
    {
        int count = _random.Next(12);
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset at = now + (OneIn(4) ? _random.Next(-20, 120) : -_random.Next(700)) * Step;
            LedgerEntry entry = PushScenario.Sent(Request(), at, key: $"{i}");
            yield return entry with { State = at > now || OneIn(4) ? ReservationState.Reserved : ReservationState.Committed };
        }
    }

    private PushCustomer Customer(DateTimeOffset now) => PushScenario.Snapshot.Customer with
    {
        ProfileZone = Pick("Europe/Berlin", "America/New_York", "Asia/Kolkata", null),
        Reachable = [.. Channels.Where(_ => !OneIn(4))],
        Facts = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new CustomerFact(Pick(CustomerFactKind.Redeemed, CustomerFactKind.Dismissed), Pick<OfferId>("tea", 3), now - (_random.Next(-4, 700) * Step)))],
    };

    private IEnumerable<PushRule> Rules()
    {
        int count = _random.Next(1, 9);
        for (int i = 0; i < count; i++)
        {
            yield return Rule();
        }
    }

    private PushRule Rule() => _random.Next(9) switch
    {
        0 => Score(Pick(0f, 0.25f, 0.1f, 1e-30f, 0.123456789f)),
        1 => Cooldown(Pick(CustomerFactKind.Redeemed, CustomerFactKind.Dismissed), Pick(Lengths), OneIn(2)),
        2 => Duplicate(Pick(DuplicateKind.Offer, DuplicateKind.Content, DuplicateKind.NaturalKey), Pick(Lengths)),
        3 => Gap(Scope(), Pick(Lengths), Action(), Filter(), Filter()),
        4 => new PushRule(_ => new ReachPolicy(new PushEnvironment(TimeSpan.FromDays(100), []))),
        5 => Quiet(_random.Next(24), _random.Next(1, 12)),
        6 => LocalQuiet(_random.Next(24), _random.Next(1, 12), Pick(QuietHoursAction.DeferToEnd, QuietHoursAction.DeferToEnd, QuietHoursAction.Drop)),
        _ => Cap(Scope(), _random.Next(1, 5), Pick(Lengths), Pick<CapWindowKind>(default, default, CapWindowKind.CalendarDay, CapWindowKind.CalendarWeek, CapWindowKind.CalendarMonth, CapWindowKind.Lifetime), Action(), Filter(), Filter()),
    };

    private static PushRule Score(float minimum) => new(_ => new MinimumScorePolicy(new MinimumScoreOptions { Minimum = minimum }));

    private static PushRule Cooldown(CustomerFactKind after, TimeSpan length, bool anyOffer) =>
        new(_ => new CooldownPolicy(new CooldownOptions { After = after, Length = length, AnyOffer = anyOffer }));

    private static PushRule Duplicate(DuplicateKind kind, TimeSpan length) => new(_ => new DuplicatePolicy(kind, length));

    private static PushRule Gap(PushScope scope, TimeSpan gap, CapAction action, PushFilter appliesTo, PushFilter countOnly) => new(_ =>
    {
        var options = new MinimumGapOptions { Scope = scope, KeyName = KeyOf(scope), Gap = gap, Action = action };
        Copy(appliesTo, options.AppliesTo);
        Copy(countOnly, options.CountOnly);
        return new MinimumGapPolicy(options);
    });

    private static PushRule Cap(PushScope scope, int limit, TimeSpan length, CapWindowKind window, CapAction action, PushFilter appliesTo, PushFilter countOnly) => new(number =>
    {
        var options = new FrequencyCapOptions { Scope = scope, KeyName = KeyOf(scope), Limit = (int)(number ?? limit), Length = length, Window = window, Action = action };
        Copy(appliesTo, options.AppliesTo);
        Copy(countOnly, options.CountOnly);
        return FrequencyCapPolicy.Create([options])[0];
    });

    /// <summary>Hours of a UTC day in which nothing is sent.</summary>
    private static PushRule Quiet(int from, int hours) => new(_ => new PolicyStub($"quiet {from}+{hours}", PushStage.Timing, at =>
    {
        DateTimeOffset start = new(at.UtcDateTime.Date.AddHours(from), TimeSpan.Zero);
        start = start > at ? start.AddDays(-1) : start;
        return at < start.AddHours(hours) ? PushVerdict.Defer(PushReason.QuietHours, start.AddHours(hours)) : PushVerdict.AllowUntil(start.AddDays(1));
    }));

    /// <summary>Hours of a customer's own day.</summary>
    private static PushRule LocalQuiet(int from, int hours, QuietHoursAction action) =>
        new(_ => new QuietHoursPolicy(new QuietHoursOptions { AllChannels = QuietWeek.Daily(new TimeOnly(from, 0), new TimeOnly((from + hours) % 24, 30)), Action = action }));

    private PushScope Scope() => (PushScope)(OneIn(3) ? 0 : _random.Next(32) & _random.Next(32));

    private CapAction Action() => OneIn(2) ? CapAction.Drop : CapAction.Defer;

    private PushFilter Filter()
    {
        var filter = new PushFilter();
        if (OneIn(4))
        {
            filter.Channels.UnionWith([Pick(Channels), Pick(Channels)]);
        }

        if (OneIn(4))
        {
            filter.Categories.UnionWith([Pick("news", "deals")]);
        }

        if (OneIn(4))
        {
            filter.Campaigns.UnionWith(["spring", Pick("spring", "sale")]);
        }

        return filter;
    }

    private static string? KeyOf(PushScope scope) => scope.HasFlag(PushScope.Key) ? "brand" : null;

    private static void Copy(PushFilter from, PushFilter to)
    {
        to.Channels.UnionWith(from.Channels);
        to.Categories.UnionWith(from.Categories);
        to.Campaigns.UnionWith(from.Campaigns);
    }

    private T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];

    private bool OneIn(int n) => _random.Next(n) == 0;
}
