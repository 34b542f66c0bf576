namespace PromoRec.Push.Calendar;

/// <summary>The instants from <paramref name="Start"/> up to, but not including, <paramref name="End"/>.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it; not before <paramref name="Start"/>.</param>
public readonly record struct InstantInterval(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether there is no instant in it, as in a day that a zone has skipped.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>How long it lasts.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>Whether an instant is in it.</summary>
    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;
}
