namespace PromoRec.Datasets.Features;

/// <summary>A column of one example and what stands in it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">Its value, finite.</param>
/// <param name="Name">Which field and value it comes from; null unless names were asked for.</param>
internal readonly record struct FeatureEntry(int Column, float Value, string? Name);
