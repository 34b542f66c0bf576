namespace PromoRec.Push.Ledger;

/// <summary>Counts a customer's entries under caps. One place for it, so that a decision and the ledger never differ.</summary>
/// <remarks>
/// An entry that is held but not begun may be sent at any moment until it expires, so it stands for that whole stretch. One that was sent stands for the
/// instant when it was; where that instant lies ahead, because the clock went back, for all the time from now to then, so that nothing is freed. The send
/// that is asked about has a stretch as well.
/// </remarks>
internal readonly ref struct CapCounter(ReadOnlySpan<LedgerEntry> entries, DateTimeOffset? forgottenThrough, ReadOnlySpan<ForgottenCount> forgotten, string? except)
{
    private readonly ReadOnlySpan<LedgerEntry> _entries = entries;
    private readonly ReadOnlySpan<ForgottenCount> _forgotten = forgotten;

    /// <summary>The instant a length before another, or the first there is.</summary>
    public static DateTimeOffset Before(DateTimeOffset at, TimeSpan length) => at - DateTimeOffset.MinValue > length ? at - length : DateTimeOffset.MinValue;

    /// <summary>The instant a length after another; null when time ends before.</summary>
    public static DateTimeOffset? After(DateTimeOffset at, TimeSpan length) => DateTimeOffset.MaxValue - at > length ? at + length : null;

    /// <summary>The last instant of a stretch that begins at one instant and ends before another.</summary>
    public static DateTimeOffset LastInstant(DateTimeOffset from, DateTimeOffset until) => until > from ? until.AddTicks(-1) : from;

    /// <summary>How full a cap is for a send.</summary>
    /// <param name="cap">The cap.</param>
    /// <param name="from">First instant at which it may be sent.</param>
    /// <param name="until">First instant at which it may no longer be sent.</param>
    /// <param name="timeToLive">How long it might be sent if it were planned for another instant.</param>
    /// <param name="now">Now.</param>
    public CapCount Count(in CapRule cap, DateTimeOffset from, DateTimeOffset until, TimeSpan timeToLive, DateTimeOffset now) => cap.Window.Kind switch
    {
        LedgerWindowKind.Rolling => Rolling(cap, from, until, timeToLive, now),
        LedgerWindowKind.Fixed => Fixed(cap, now),
        _ => Lifetime(cap, now),
    };

    private CapCount Rolling(in CapRule cap, DateTimeOffset from, DateTimeOffset until, TimeSpan timeToLive, DateTimeOffset now)
    {
        int observed = Fullest(cap, from, until, now);
        if (observed < cap.Limit)
        {
            return new CapCount(observed, true, null);
        }

        // A later place opens only where an entry has aged out, so these are all the instants there are to try.
        DateTimeOffset? next = null;
        foreach (LedgerEntry entry in _entries)
        {
            if (Counts(entry, cap, now))
            {
                Consider(new DateTimeOffset(entry.LastTick, TimeSpan.Zero), cap, from, timeToLive, now, ref next);
            }
        }

        if (forgottenThrough is { } through)
        {
            Consider(through, cap, from, timeToLive, now, ref next);
        }

        return new CapCount(observed, false, next);
    }

    private void Consider(DateTimeOffset last, in CapRule cap, DateTimeOffset from, TimeSpan timeToLive, DateTimeOffset now, ref DateTimeOffset? next)
    {
        if (After(last, cap.Window.Length) is { } at && at > from && (next is null || at < next)
            && Fullest(cap, at, After(at, timeToLive) ?? DateTimeOffset.MaxValue, now) < cap.Limit)
        {
            next = at;
        }
    }

    /// <summary>The most entries in any window of the cap's length that could hold this send.</summary>
    private int Fullest(in CapRule cap, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        TimeSpan length = cap.Window.Length;
        if (forgottenThrough is { } through && Before(from, length) < through)
        {
            return cap.Limit;
        }

        // In ticks, and time before labels, because this loop is what a decision spends its time in.
        long after = from.UtcTicks - length.Ticks;
        long before = LastInstant(from, until).UtcTicks + length.Ticks;
        int near = 0;
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.LastTick > after && entry.FirstTick(now) < before && Counts(entry, cap, now))
            {
                near++;
            }
        }

        // Only when all together would be too many does it matter whether one window can hold them all.
        return near < cap.Limit ? near : Deepest(cap, from, until, now);
    }

    /// <summary>
    /// A window [x, x + d) meets an entry of the stretch [a, b] when a − d &lt; x ≤ b; the most such stretches cover a point that is the right end of one of
    /// them, or the right end of where x may lie.
    /// </summary>
    private int Deepest(in CapRule cap, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        long end = LastInstant(from, until).UtcTicks;
        int deepest = Depth(end, cap, now);
        foreach (LedgerEntry entry in _entries)
        {
            long x = entry.LastTick;
            if (x < end && x > from.UtcTicks - cap.Window.Length.Ticks && Counts(entry, cap, now))
            {
                deepest = Math.Max(deepest, Depth(x, cap, now));
            }
        }

        return deepest;
    }

    private int Depth(long x, in CapRule cap, DateTimeOffset now)
    {
        long length = cap.Window.Length.Ticks;
        int depth = 0;
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.FirstTick(now) - length < x && x <= entry.LastTick && Counts(entry, cap, now))
            {
                depth++;
            }
        }

        return depth;
    }

    private CapCount Fixed(in CapRule cap, DateTimeOffset now)
    {
        LedgerWindow window = cap.Window;
        int observed = 0;
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.FirstTick(now) < window.To.UtcTicks && entry.LastTick >= window.From.UtcTicks && Counts(entry, cap, now))
            {
                observed++;
            }
        }

        if (forgottenThrough >= window.From)
        {
            observed = Math.Max(observed, cap.Limit);
        }

        return new CapCount(observed, observed < cap.Limit, observed < cap.Limit ? null : window.To);
    }

    private CapCount Lifetime(in CapRule cap, DateTimeOffset now)
    {
        int observed = 0;
        foreach (LedgerEntry entry in _entries)
        {
            observed += Counts(entry, cap, now) ? 1 : 0;
        }

        foreach (ref readonly ForgottenCount dropped in _forgotten)
        {
            observed += cap.Matches(dropped.Labels.AsSpan(), []) ? dropped.Count : 0;
        }

        return new CapCount(observed, observed < cap.Limit, null);
    }

    private bool Counts(LedgerEntry entry, in CapRule cap, DateTimeOffset now) =>
        (cap.Matches(entry.Labels.AsSpan(), entry.ShortLabels.AsSpan()) || (entry.HasDroppedLabels && IsShort(cap.Window)))
        && !entry.IsGoneAt(now) && (except is null || entry.Key != except);

    // Labels are dropped when no such window reaches back to the entry. Where one does all the same, the clock went back, and nobody knows what it carried.
    private static bool IsShort(in LedgerWindow window) => window.Kind == LedgerWindowKind.Rolling && window.Length <= LedgerEntry.ShortLabelLife;
}
