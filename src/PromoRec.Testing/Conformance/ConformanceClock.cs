namespace PromoRec.Testing.Conformance;

/// <summary>A clock that stands until it is moved, in either direction. Any thread may read and move it.</summary>
public sealed class ConformanceClock : TimeProvider
{
    private long _ticks;

    /// <summary>A clock that stands at an instant.</summary>
    public ConformanceClock(DateTimeOffset now) => _ticks = now.UtcTicks;

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now
    {
        get => new(Volatile.Read(ref _ticks), TimeSpan.Zero);
        set => Volatile.Write(ref _ticks, value.UtcTicks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Moves it by a length of time, which may be negative.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
