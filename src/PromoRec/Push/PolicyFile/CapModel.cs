using PromoRec.Push.FrequencyCap;
using PromoRec.Push.MinimumGap;

namespace PromoRec.Push.PolicyFile;

/// <summary>A cap or a gap as far as it matters whether another makes it useless.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Scope">What it counts on its own.</param>
/// <param name="KeyName">The host's key in that.</param>
/// <param name="AppliesTo">What it holds back.</param>
/// <param name="CountOnly">What it counts.</param>
/// <param name="Limit">Most sends in a window.</param>
/// <param name="Window">Where it counts.</param>
/// <param name="Length">Length of a rolling window.</param>
/// <param name="Action">What happens when it is full.</param>
internal sealed record CapModel(
    LocatedJson Node, PushScope Scope, string? KeyName, PushFilter AppliesTo, PushFilter CountOnly, int Limit, CapWindowKind Window, TimeSpan Length, CapAction Action)
{
    // A calendar day has 23 to 25 hours; some zones have once had one of 21 or 27.
    private static readonly TimeSpan ShortestDay = TimeSpan.FromHours(21);
    private static readonly TimeSpan ClockChange = TimeSpan.FromHours(3);

    public static CapModel Of(RuleDraft<FrequencyCapOptions> cap)
    {
        FrequencyCapOptions options = cap.Options;
        return new CapModel(
            cap.Node, options.Scope, options.KeyName, options.AppliesTo, options.CountOnly, options.Limit, options.Window, options.Length, options.Action);
    }

    public static CapModel Of(RuleDraft<MinimumGapOptions> gap)
    {
        MinimumGapOptions options = gap.Options;
        return new CapModel(
            gap.Node, options.Scope, options.KeyName, options.AppliesTo, options.CountOnly, 1, CapWindowKind.Rolling, options.Gap, options.Action);
    }

    /// <summary>Whether this one can never hold a push back that <paramref name="other"/> lets pass.</summary>
    public bool IsUselessBeside(CapModel other) =>
        !(Action == CapAction.Drop && other.Action == CapAction.Defer)
        && (other.Scope & ~Scope) == 0
        && (!other.Scope.HasFlag(PushScope.Key) || other.KeyName == KeyName)
        && CoversAll(other)
        && other.MostWithin(this) is { } most
        && most <= Limit;

    /// <summary>Whether what this one holds back or counts, the other holds back and counts as well.</summary>
    private bool CoversAll(CapModel other) =>
        Covers(PushScope.Channel, other, filter => filter.Channels)
        && Covers(PushScope.Category, other, filter => filter.Categories)
        && Covers(PushScope.Campaign, other, filter => filter.Campaigns);

    private bool Covers<T>(PushScope dimension, CapModel other, Func<PushFilter, ISet<T>> list)
    {
        // Counted on its own, a thing is only counted beside pushes that are held back.
        IReadOnlyList<ISet<T>> mine = Scope.HasFlag(dimension) ? [list(AppliesTo)] : [list(AppliesTo), list(CountOnly)];
        ISet<T>[] theirs = [list(other.AppliesTo), list(other.CountOnly)];
        return theirs.All(their => their.Count == 0 || mine.All(my => my.Count > 0 && my.IsSubsetOf(their)));
    }

    /// <summary>The most sends that this one allows in a window of another; null where there is no such number.</summary>
    private long? MostWithin(CapModel other)
    {
        if (Window == CapWindowKind.Lifetime)
        {
            return Limit;
        }

        if (other.Window == CapWindowKind.Lifetime)
        {
            return null;
        }

        long windows = Window == CapWindowKind.Rolling
            ? (Longest(other).Ticks + Length.Ticks - 1) / Length.Ticks
            : WindowsOf(other);
        return windows * Limit;
    }

    /// <summary>How many calendar windows of this one a window of another can touch.</summary>
    private long WindowsOf(CapModel other) => (Window, other.Window) switch
    {
        (CapWindowKind.CalendarDay, CapWindowKind.CalendarDay) => 1,
        (CapWindowKind.CalendarDay, CapWindowKind.CalendarWeek) => 7,
        (CapWindowKind.CalendarDay, CapWindowKind.CalendarMonth) => 31,
        (CapWindowKind.CalendarMonth, CapWindowKind.CalendarDay or CapWindowKind.CalendarMonth) => 1,

        // Weeks may begin on different days.
        _ => 1 + ((Longest(other).Ticks + Shortest.Ticks - 1) / Shortest.Ticks),
    };

    private static TimeSpan Longest(CapModel cap) => cap.Window switch
    {
        CapWindowKind.CalendarDay => TimeSpan.FromDays(1) + ClockChange,
        CapWindowKind.CalendarWeek => TimeSpan.FromDays(7) + ClockChange,
        CapWindowKind.CalendarMonth => TimeSpan.FromDays(31) + ClockChange,
        _ => cap.Length,
    };

    private TimeSpan Shortest => Window switch
    {
        CapWindowKind.CalendarWeek => TimeSpan.FromDays(7) - ClockChange,
        CapWindowKind.CalendarMonth => TimeSpan.FromDays(28) - ClockChange,
        _ => ShortestDay,
    };
}
