using PromoRec.Cli.Push;

namespace PromoRec.Cli.Output;

/// <summary>Attempts by which of two policies sends them.</summary>
internal sealed record ComparisonReport(long SentByBoth, long SentOnlyByPolicies, long SentOnlyByAgainst, long SentByNeither)
{
    public static ComparisonReport Of(ReplayComparison comparison) => new(comparison.Both, comparison.OnlyFirst, comparison.OnlySecond, comparison.Neither);
}
