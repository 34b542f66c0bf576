namespace PromoRec.Testing.Conformance;

/// <summary>How a check ended that did not fail.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="SkipReason">Why it was skipped; null when it passed.</param>
public sealed record ConformanceResult(string Name, string? SkipReason)
{
    /// <summary>Whether it was skipped, so that nothing is known.</summary>
    public bool IsSkipped => SkipReason is not null;
}
