using PromoRec.Testing.Conformance;

namespace PromoRec.Testing.Tests.Conformance;

/// <summary>As much as a test run has time for; all of it with PROMOREC_STRESS=full.</summary>
internal static class StressScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full";

    public static ConformanceScale Scale { get; } = IsFull
        ? new ConformanceScale { Races = 5_000, HistoryOperations = 1_000_000, ReferenceSteps = 100_000, TimeLimit = TimeSpan.FromHours(1) }
        : new ConformanceScale();
}
