namespace PromoRec.PostgreSql.Tests;

/// <summary>PROMOREC_STRESS=full runs the sizes that are promised in the documentation; without it the same tests run small.</summary>
internal static class Stress
{
    public static bool IsFull => Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full";
}
