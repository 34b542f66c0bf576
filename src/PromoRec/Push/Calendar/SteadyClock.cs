namespace PromoRec.Push.Calendar;

/// <summary>Wall time where no transition is near: a matter of adding and subtracting.</summary>
/// <param name="offset">What is added to UTC.</param>
internal readonly struct SteadyClock(long offset) : IWallClock
{
    public long FirstReach(long local) => local - offset;

    public long LastReach(long local) => local - offset;

    public int DayAt(long instant) => (int)((instant + offset) / TimeSpan.TicksPerDay);
}
