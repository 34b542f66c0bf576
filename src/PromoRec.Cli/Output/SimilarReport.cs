namespace PromoRec.Cli.Output;

/// <summary>What <c>similar --json</c> writes.</summary>
/// <param name="Item">The item.</param>
/// <param name="ModelVersion">The version of the model.</param>
/// <param name="Measure">By what items are compared: "cosine", "jaccard", "lift", "weight", ...</param>
/// <param name="Similar">The items most like it, best first.</param>
internal sealed record SimilarReport(string Item, string ModelVersion, string Measure, IReadOnlyList<SimilarEntry> Similar);
