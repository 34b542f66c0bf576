namespace PromoRec.Models.Linear;

/// <summary>A linear model written out: score = intercept + Σ weight · value, with numbers in the units in which the host sets them.</summary>
/// <param name="Intercept">The score where every number is 0 and no text is set.</param>
/// <param name="Features">
/// The columns in the order of the schema: all that belong to one field, weights of 0 included, and after them the hashed ones whose weight is not 0.
/// </param>
public sealed record LinearCoefficients(double Intercept, IReadOnlyList<LinearCoefficient> Features);
