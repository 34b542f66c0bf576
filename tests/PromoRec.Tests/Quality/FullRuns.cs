namespace PromoRec.Tests.Quality;

/// <summary>Quality runs that take minutes are made on request only.</summary>
internal static class FullRuns
{
    public static void Require() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PROMOREC_QUALITY") == "full",
        "This run takes minutes. Set the environment variable PROMOREC_QUALITY to 'full' to make it.");
}
