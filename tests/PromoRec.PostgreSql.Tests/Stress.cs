namespace PromoRec.PostgreSql.Tests;

/// <summary>PROMOREC_STRESS=full runs the sizes that are promised in the documentation; without it the same tests run small.</summary>
internal static class Stress
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full";

    /// <summary>A number of times: few unless PROMOREC_STRESS is "full".</summary>
    public static int Times(int usual, int full) => IsFull ? full : usual;
}
