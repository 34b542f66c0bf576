using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>An estimate of a rating from biases and factors: μ + bᵤ + bᵢ + pᵤ·qᵢ.</summary>
/// <param name="Biases">μ, bᵤ and bᵢ.</param>
/// <param name="Users">pᵤ.</param>
/// <param name="Items">qᵢ.</param>
internal sealed record BiasedFactors(RatingBiases Biases, FactorMatrix Users, FactorMatrix Items)
{
    /// <summary>Products of factors below it are far from what single precision cannot hold.</summary>
    public const float Limit = 1e15f;

    /// <summary>The estimate for two rows, either of which may be -1, which leaves out whatever needs it.</summary>
    public double Of(int userRow, int itemRow) =>
        Biases.Of(userRow, itemRow) + (userRow >= 0 && itemRow >= 0 ? VectorMath.Dot(Users.Row(userRow), Items.Row(itemRow)) : 0);

    /// <summary>The estimates for a customer who is not among these, learnt from ratings while the items stay.</summary>
    /// <param name="steps">How.</param>
    /// <param name="itemRows">Rows of the items that they rated.</param>
    /// <param name="ratings">The ratings.</param>
    /// <param name="fixedPart">A padded row that is added to what is learnt of the customer.</param>
    /// <returns>Null where the ratings are too large for steps of that size.</returns>
    public Func<int, double>? Learn(GradientDescent steps, ReadOnlySpan<int> itemRows, ReadOnlySpan<float> ratings, ReadOnlySpan<float> fixedPart)
    {
        var learnt = new float[Items.Stride];
        var vector = new float[Items.Stride];
        fixedPart.CopyTo(vector);
        double bias = 0;
        for (int epoch = 0; epoch < steps.Epochs; epoch++)
        {
            for (int i = 0; i < itemRows.Length; i++)
            {
                ReadOnlySpan<float> q = Items.Row(itemRows[i]);
                double error = ratings[i] - (Biases.Of(bias, itemRows[i]) + VectorMath.Dot(vector, q));
                bias += steps.LearningRate * (error - (steps.Regularization * bias));
                GradientSteps.Move(steps.Keep, (float)(steps.LearningRate * error), q, learnt);
                fixedPart.CopyTo(vector);
                VectorMath.AddScaled(1, learnt, vector);
            }
        }

        return IsBounded(vector) && Math.Abs(bias) < Limit
            ? itemRow => Biases.Of(bias, itemRow) + (itemRow >= 0 ? VectorMath.Dot(vector, Items.Row(itemRow)) : 0)
            : null;
    }

    /// <summary>How like an item all are: the cosine of their factors.</summary>
    public void FillSimilarities(int itemRow, Span<float> similarities)
    {
        for (int other = 0; other < similarities.Length; other++)
        {
            similarities[other] = VectorMath.Cosine(Items.Row(itemRow), Items.Row(other));
        }
    }

    /// <summary>Whether all factors are numbers below the limit.</summary>
    public static bool IsBounded(ReadOnlySpan<float> factors) => factors.IsEmpty || TensorPrimitives.MaxMagnitude(factors) is > -Limit and < Limit;
}
