namespace PromoRec.Tests.Push.Calendar;

/// <summary>Whether the long forms of the tests are asked for, with PROMOREC_STRESS=full.</summary>
internal static class Stress
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full";
}
