namespace PromoRec.Models;

/// <summary>The part of the objective of implicit ALS that solving one customer's vector needs.</summary>
/// <param name="Regularization">λ.</param>
/// <param name="RegularizationExponent">ν: the row's λ is λ (|observed| + w₀ |items|)^ν.</param>
/// <param name="Alpha">α of the confidence.</param>
/// <param name="AddOneToConfidence">Whether c = 1 + α · value instead of α · value.</param>
/// <param name="UnobservedWeight">w₀.</param>
/// <param name="UnobservedOverRest">Whether w₀ applies to unobserved pairs only instead of to all.</param>
internal sealed record FoldInParameters(double Regularization, double RegularizationExponent, double Alpha, bool AddOneToConfidence, double UnobservedWeight, bool UnobservedOverRest);
