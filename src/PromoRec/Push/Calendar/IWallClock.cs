namespace PromoRec.Push.Calendar;

/// <summary>Wall time of a zone. Instants and wall times are ticks.</summary>
internal interface IWallClock
{
    /// <summary>The first instant at which clocks show a wall time or a later one.</summary>
    /// <remarks>Where the wall time is skipped, the transition; where it occurs twice, the earlier.</remarks>
    long FirstReach(long local);

    /// <summary>The last instant at which clocks show a wall time, or pass it.</summary>
    /// <remarks>Where the wall time is skipped, the transition; where it occurs twice, the later.</remarks>
    long LastReach(long local);

    /// <summary>The day number of the date that has begun last: that of the wall time, or the next one where clocks were put back across midnight.</summary>
    int DayAt(long instant);
}
