namespace PromoRec.Cli.Output;

/// <summary>An item and how like it is, by the measure of the model.</summary>
internal sealed record SimilarEntry(string Item, float Similarity);
