namespace PromoRec.Push.Calendar;

/// <summary>A zone's transitions, found by asking the platform for the offset at instants and remembered in blocks of some fourteen years.</summary>
/// <remarks>
/// UTC to wall time is the one question that <see cref="TimeZoneInfo"/> answers right for every zone; its adjustment rules and its tests for
/// invalid and ambiguous wall times go wrong where a base offset changes. Everything else follows from the offsets. Any number of threads may
/// ask; two that need the same block first may both compile it, with equal results.
/// </remarks>
internal sealed class ZoneRules : IWallClock
{
    // Powers of two, so that finding a block is a shift: some 14.3 years, and 30.5 hours between probes. The shortest time between two
    // transitions of any zone since 1970 is a week.
    private const int BlockShift = 52;
    private const int ProbeShift = 40;

    /// <summary>No zone is further from UTC; the platform allows fourteen hours.</summary>
    private const long Reach = 15 * TimeSpan.TicksPerHour;

    /// <summary>No transition moves clocks further: both offsets are within <see cref="Reach"/>.</summary>
    private const long LongestShift = 2 * Reach;

    private static readonly long LastTick = DateTime.MaxValue.Ticks;

    private readonly TimeZoneInfo _zone;
    private readonly ZoneSegment[]?[] _blocks = new ZoneSegment[]?[(LastTick >> BlockShift) + 1];

    public ZoneRules(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The stretch that an instant is in. Instants outside of the platform's time count as its first or last.</summary>
    public ZoneSegment At(long instant)
    {
        instant = Math.Clamp(instant, 0, LastTick);
        int block = (int)(instant >> BlockShift);
        ZoneSegment[] segments = Volatile.Read(ref _blocks[block]) ?? Compile(block);
        int low = 0;
        int high = segments.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (segments[middle].Start <= instant)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return segments[low];
    }

    public long FirstReach(long local)
    {
        for (ZoneSegment segment = At(local - Reach); ; segment = At(segment.End))
        {
            long instant = Math.Max(local - segment.Offset, segment.Start);
            if (instant < segment.End || segment.End > LastTick)
            {
                return Math.Min(instant, LastTick);
            }
        }
    }

    public long LastReach(long local)
    {
        for (ZoneSegment segment = At(local + Reach); ; segment = At(segment.Start - 1))
        {
            long instant = Math.Min(local - segment.Offset, segment.End);
            if (instant >= segment.Start || segment.Start == 0)
            {
                return Math.Clamp(instant, 0, LastTick);
            }
        }
    }

    /// <summary>Whether there is no transition around an instant, so that a simple clock gives the same answers there.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="behind">How far before the instant questions will be about; more is looked at, as far as a transition can move clocks.</param>
    /// <param name="ahead">How far after it.</param>
    /// <param name="clock">That clock.</param>
    public bool IsSteady(long instant, long behind, long ahead, out SteadyClock clock)
    {
        ZoneSegment segment = At(instant);
        clock = new SteadyClock(segment.Offset);
        return instant - segment.Start > behind + LongestShift && segment.End - instant > ahead + LongestShift;
    }

    /// <summary>The wall time at an instant, kept inside of the platform's time.</summary>
    public long LocalAt(long instant) => Math.Clamp(instant + At(instant).Offset, 0, LastTick);

    public int DayAt(long instant)
    {
        int day = (int)(LocalAt(instant) / TimeSpan.TicksPerDay);
        while (day < DateOnly.MaxValue.DayNumber && FirstReach((day + 1) * TimeSpan.TicksPerDay) <= instant)
        {
            day++;
        }

        return day;
    }

    private ZoneSegment[] Compile(int block)
    {
        long start = (long)block << BlockShift;
        long end = Math.Min(((long)block + 1) << BlockShift, LastTick + 1);
        List<ZoneSegment> segments = [];
        long segmentStart = start;
        long offset = OffsetAt(start);
        for (long before = start; before < end - 1;)
        {
            long probe = Math.Min(before + (1L << ProbeShift), end - 1);
            long next = OffsetAt(probe);
            if (next != offset)
            {
                long transition = FindTransition(before, probe);
                segments.Add(new ZoneSegment(segmentStart, transition, offset));
                segmentStart = transition;
                offset = next;
            }

            before = probe;
        }

        segments.Add(new ZoneSegment(segmentStart, end, offset));
        ZoneSegment[] compiled = [.. segments];
        Volatile.Write(ref _blocks[block], compiled);
        return compiled;
    }

    /// <summary>The first instant after <paramref name="before"/> whose offset is not that of <paramref name="before"/>.</summary>
    private long FindTransition(long before, long after)
    {
        long offset = OffsetAt(before);
        while (after - before > 1)
        {
            long middle = before + ((after - before) / 2);
            if (OffsetAt(middle) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return after;
    }

    private long OffsetAt(long instant) => _zone.GetUtcOffset(new DateTime(instant, DateTimeKind.Utc)).Ticks;
}
