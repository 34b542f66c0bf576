namespace PromoRec.Tests.Tuning;

/// <summary>A clock that a test moves on, for what is measured and not only for what is told.</summary>
internal sealed class SteppingTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
