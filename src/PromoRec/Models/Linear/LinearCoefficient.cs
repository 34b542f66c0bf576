namespace PromoRec.Models.Linear;

/// <summary>What one feature counts in a linear score.</summary>
/// <param name="Feature">
/// The field and its value, as in <see cref="FeatureContribution"/>: "price", "device=ios", "age=[25, 35)"; "hashed column 17" for a column that hashed texts
/// and crosses share, counted from 0.
/// </param>
/// <param name="Weight">What the score gains for each unit of a number as the host sets it, or where the bucket, category or hashed text stands.</param>
public readonly record struct LinearCoefficient(string Feature, double Weight);
