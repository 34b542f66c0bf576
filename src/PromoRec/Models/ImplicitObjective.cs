using System.Runtime.CompilerServices;

namespace PromoRec.Models;

/// <summary>The objective of implicit ALS: what an observed value weighs and how strongly a row is held back.</summary>
/// <remarks>
/// Σ over observed pairs of c (p − x·y)² + w₀ Σ (x·y)² + Σ over rows of λᵣ |row|². The second sum runs over all pairs, or over the
/// unobserved ones. A value above zero has preference p = 1, one below zero p = 0; its size gives the confidence c. Sources: Hu, Koren
/// and Volinsky, ICDM 2008; Rendle, Krichene, Zhang and Koren, RecSys 2022.
/// </remarks>
/// <param name="Regularization">λ.</param>
/// <param name="RegularizationExponent">ν: a row's λᵣ is λ (|observed| + w₀ |other side|)^ν.</param>
/// <param name="Alpha">α of the confidence.</param>
/// <param name="AddOneToConfidence">Whether c = 1 + α |value| instead of α |value|.</param>
/// <param name="UnobservedWeight">w₀.</param>
/// <param name="UnobservedOverRest">Whether w₀ applies to unobserved pairs only instead of to all.</param>
internal sealed record ImplicitObjective(double Regularization, double RegularizationExponent, double Alpha, bool AddOneToConfidence, double UnobservedWeight, bool UnobservedOverRest)
{
    /// <summary>c of an observed value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Confidence(float value) => (float)((AddOneToConfidence ? 1 : 0) + (Alpha * Math.Abs(value)));

    /// <summary>What an observed pair adds to the linear part of its row: c p.</summary>
    public float LinearWeight(float value) => value > 0 ? Confidence(value) : 0;

    /// <summary>What observed pairs add to their row.</summary>
    /// <param name="values">The observed values.</param>
    /// <param name="quadratic">Takes what each adds to the quadratic part: c, less w₀ where the Gram matrix holds w₀ for it already.</param>
    /// <param name="linear">Takes what each adds to the linear part: <see cref="LinearWeight"/>.</param>
    public void Weigh(ReadOnlySpan<float> values, Span<float> quadratic, Span<float> linear)
    {
        float inGram = UnobservedOverRest ? (float)UnobservedWeight : 0;
        float value = 0;
        float confidence = Confidence(value);
        for (int i = 0; i < values.Length; i++)
        {
            // Many events weigh the same.
            if (values[i] != value)
            {
                value = values[i];
                confidence = Confidence(value);
            }

            quadratic[i] = confidence - inGram;
            linear[i] = value > 0 ? confidence : 0;
        }
    }

    /// <summary>λᵣ of a row with so many observed pairs against so many rows of the other side.</summary>
    public double RowRegularization(int observed, int otherSide) =>
        Regularization * Math.Pow(observed + (UnobservedWeight * otherSide), RegularizationExponent);
}
