using PromoRec.Testing.Conformance;

namespace PromoRec.Testing.Tests.Conformance;

internal static class SuiteExtensions
{
    /// <summary>Runs a check, and shows in the test's result when it was skipped, and why.</summary>
    public static async Task RunOrSkipAsync(this ConformanceSuite suite, string check)
    {
        ConformanceResult result = await suite.RunAsync(check, TestContext.Current.CancellationToken);
        Assert.SkipWhen(result.IsSkipped, result.SkipReason ?? "");
    }
}
