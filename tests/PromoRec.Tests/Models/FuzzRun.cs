namespace PromoRec.Tests.Models;

/// <summary>How much fuzzing a run does: a fast part, or all of it with the environment variable PROMOREC_FUZZ=full.</summary>
internal static class FuzzRun
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PROMOREC_FUZZ") == "full";

    public static int Count(int fast, int full) => IsFull ? full : fast;
}
