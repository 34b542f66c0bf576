namespace PromoRec.Models.Linear;

/// <summary>What one feature adds to a score.</summary>
/// <param name="Feature">The field and its value: "price", "device=ios", "age=[25, 35)", "brand=acme x hour=21".</param>
/// <param name="Value">What stands in the feature's column, scaled.</param>
/// <param name="Weight">The weight of the column; hashed features may share one.</param>
/// <param name="Contribution">Value · weight, with its sign.</param>
public readonly record struct FeatureContribution(string Feature, double Value, double Weight, double Contribution);
