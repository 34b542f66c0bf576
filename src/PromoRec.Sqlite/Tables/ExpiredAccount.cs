namespace PromoRec.Sqlite.Tables;

/// <summary>Where an account stands in the order of those that have something to give back.</summary>
internal readonly record struct ExpiredAccount(long NextRelease, long Id)
{
    /// <summary>Before all of them.</summary>
    public static ExpiredAccount Start { get; } = new(-1, 0);
}
