namespace PromoRec.Cli.Output;

/// <summary>What <c>similar --json</c> writes.</summary>
internal sealed record SimilarReport(string Item, string ModelVersion, IReadOnlyList<SimilarEntry> Similar);
