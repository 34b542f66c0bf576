namespace PromoRec.Cli.Push;

/// <summary>A clock that stands where a command puts it.</summary>
internal sealed class ReplayClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
