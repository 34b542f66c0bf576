namespace PromoRec.Cli.Output;

/// <summary>A feature of a linear model.</summary>
/// <param name="Name">The name by which hosts set it.</param>
/// <param name="Kind">"number", "buckets", "categories", "hashed" or "cross".</param>
internal sealed record FeatureFieldEntry(string Name, string Kind);
