namespace PromoRec.PostgreSql.Tests;

/// <summary>A clock that goes where the test says.</summary>
public sealed class SetTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
