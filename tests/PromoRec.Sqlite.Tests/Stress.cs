namespace PromoRec.Sqlite.Tests;

/// <summary>Whether the tests run at their full size.</summary>
internal static class Stress
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full";

    /// <summary>A number of times: few unless PROMOREC_STRESS is "full".</summary>
    public static int Times(int usual, int full) => IsFull ? full : usual;
}
