namespace PromoRec.Cli.Commands;

/// <summary>A clock that stands still, so that offers can be ranked as of another time.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}
