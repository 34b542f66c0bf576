namespace PromoRec.Models.Linear;

/// <summary>A linear score taken apart: score = intercept + contributions + rest.</summary>
/// <param name="Score">The score.</param>
/// <param name="Intercept">What every example gets.</param>
/// <param name="Contributions">The contributions of largest size, the largest first, equal ones by name; none is 0.</param>
/// <param name="Rest">The sum of the contributions that are not listed.</param>
public sealed record LinearExplanation(double Score, double Intercept, IReadOnlyList<FeatureContribution> Contributions, double Rest);
