namespace PromoRec.Push.Calendar;

/// <summary>A stretch of time in which a zone's distance from UTC stays the same. All three are ticks; it may end where no transition is.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Offset">What is added to UTC.</param>
internal readonly record struct ZoneSegment(long Start, long End, long Offset)
{
    /// <summary>The wall time at the first instant.</summary>
    public long LocalStart => Start + Offset;

    /// <summary>The wall time that would be reached at the end.</summary>
    public long LocalEnd => End + Offset;
}
