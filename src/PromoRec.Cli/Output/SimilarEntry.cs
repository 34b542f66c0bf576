namespace PromoRec.Cli.Output;

/// <summary>An item and how nearly its vector points the same way: cosine, -1 to 1.</summary>
internal sealed record SimilarEntry(string Item, float Cosine);
