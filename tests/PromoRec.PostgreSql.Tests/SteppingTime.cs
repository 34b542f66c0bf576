namespace PromoRec.PostgreSql.Tests;

/// <summary>A clock that makes a step, forward or back, whenever it is read.</summary>
internal sealed class SteppingTime(DateTimeOffset start, TimeSpan step) : TimeProvider
{
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public override DateTimeOffset GetUtcNow() => start + (step * Interlocked.Increment(ref _reads));
}
