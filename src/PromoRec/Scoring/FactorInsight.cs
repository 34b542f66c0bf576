using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>A model of factors and what explaining its scores needs of it alone, worked out once, when it is published. Immutable.</summary>
/// <remarks>
/// <para>
/// Reasons. A score is o·x = Σ cᵢ oᵀ A⁻¹ yᵢ over the customer's items i, where A = w₀ YᵀY + λI + Σ (…) yᵢyᵢᵀ is the customer's own
/// matrix. Leaving its last sum out gives A₀, the same for everybody, so that A₀⁻¹ o is worked out once an offer and each item then
/// costs one product: cᵢ (A₀⁻¹ o)·yᵢ. This is the first-order contribution: it ranks past items by how much they pull towards the offer,
/// but not how they share what they have in common. λ is that of a customer with the mean number of items. Exact
/// contributions need a solve a customer. Source of the decomposition: Hu, Koren and Volinsky, ICDM 2008, section 5.
/// </para>
/// <para>Cost: O(items · factors² + factors³).</para>
/// </remarks>
internal sealed class FactorInsight
{
    private readonly float[]? _cholesky;

    private FactorInsight(FactorModel model, float[]? cholesky)
    {
        Model = model;
        _cholesky = cholesky;
    }

    public FactorModel Model { get; }

    public static FactorInsight Of(FactorModel model) => new(model, FactorizeCommonMatrix(model));

    /// <summary>A₀⁻¹ o for every row.</summary>
    public FactorMatrix Explain(FactorMatrix offers)
    {
        // Without a common matrix, likeness of vectors is the best reason there is.
        if (_cholesky is null)
        {
            return offers;
        }

        FactorMatrix explained = FactorMatrix.Create(offers.Rows, offers.Factors);
        offers.Data.CopyTo(explained.Data);
        for (int row = 0; row < explained.Rows; row++)
        {
            Cholesky.Solve(_cholesky, explained.Factors, explained.Stride, explained.Row(row));
        }

        return explained;
    }

    private static float[]? FactorizeCommonMatrix(FactorModel model)
    {
        FactorMatrix gram = model.ScaledItemGram();
        int meanObserved = model.UserCount == 0 ? 0 : model.History.ByUser.Count / model.UserCount;
        float diagonal = (float)model.Objective.RowRegularization(meanObserved, model.ItemCount);
        float[] matrix = gram.Data.ToArray();
        for (int i = 0; i < model.Factors; i++)
        {
            matrix[(i * gram.Stride) + i] += diagonal;
        }

        return Cholesky.TryFactorize(matrix, model.Factors, gram.Stride) ? matrix : null;
    }
}
