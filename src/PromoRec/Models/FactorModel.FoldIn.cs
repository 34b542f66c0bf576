using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models;

public sealed partial class FactorModel
{
    private FactorMatrix? _scaledItemGram;
    private double _largestItemLength = double.NaN;

    /// <summary>Solves the vector of a customer from what they did, for a customer the model has never seen or who did something new.</summary>
    /// <param name="evidence">All that is known of the customer, old and new. Several values of one item are added up.</param>
    /// <returns>The customer; with no evidence that the model knows, their vector is zero.</returns>
    /// <remarks>
    /// The vector is the exact minimum of the training objective while the items stay as they are. Cost: O(n k² + k³) for n items and k factors.
    /// Any number of threads may call it.
    /// </remarks>
    /// <exception cref="ArgumentException">A value is not finite, or so large that the system cannot be solved in single precision.</exception>
    public FoldedCustomer FoldIn(IReadOnlyList<ItemEvidence> evidence)
    {
        (int[] rows, float[] values, int unknown) = Observations(evidence);
        FactorMatrix vector = FactorMatrix.Create(1, Factors);
        if (!TrySolve(rows, values, vector) || !(Math.Sqrt(Magnitude.SquareOf(vector.Row(0))) * LargestItemLength() <= float.MaxValue))
        {
            throw TooLarge(nameof(evidence));
        }

        GC.KeepAlive(this);
        return new FoldedCustomer(this, vector, rows, values, unknown);
    }

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        FactorMatrix vector = FactorMatrix.Create(1, Factors);
        bool isSolved = TrySolve(itemRows, values, vector);
        BlockScores.OneToMany(vector.Row(0), ItemFactors, 0, scores);
        return isSolved && TensorPrimitives.IsFiniteAll<float>(scores);
    }

    private bool TrySolve(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, FactorMatrix vector) =>
        NewItemSolver().TrySolve(itemRows, values, vector.Row(0)) && TensorPrimitives.IsFiniteAll<float>(vector.Row(0));

    /// <summary>Says which past interactions carry a customer's score for an item; null when the model knows one of the two not.</summary>
    /// <remarks>Explains what the model was trained on; for newer events, fold the customer in and explain that.</remarks>
    /// <exception cref="InvalidOperationException">The customer's values are too large for single precision.</exception>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        ScoreExplanation explanation = Explain(History.ByUser.ColumnsOf(userRow), History.ByUser.ValuesOf(userRow), itemRow);
        GC.KeepAlive(this);
        return explanation;
    }

    /// <summary>Says which events carry a folded customer's score for an item; null when the model has never seen the item.</summary>
    /// <exception cref="ArgumentException">The customer was folded into another model.</exception>
    public ScoreExplanation? Explain(FoldedCustomer customer, ItemId item)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.Model != this)
        {
            throw new ArgumentException("The customer was folded into another model. Fold the evidence into this one.", nameof(customer));
        }

        if (!Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        ScoreExplanation explanation = Explain(customer.ItemRows, customer.Values, itemRow);
        GC.KeepAlive(this);
        return explanation;
    }

    /// <summary>The score yᵢ·x with x = A⁻¹ Σ l y is Σ l (A⁻¹yᵢ)·y: one term for each observed y.</summary>
    private ScoreExplanation Explain(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, int itemRow)
    {
        ExactRowSolver solver = NewItemSolver();
        var weight = new float[ItemFactors.Stride];
        ItemFactors.Row(itemRow).CopyTo(weight);
        if (!solver.TryFactorize(itemRows, values, new float[ItemFactors.Stride]))
        {
            throw new InvalidOperationException("The customer's linear system is not positive definite in single precision, so the score cannot be taken apart. Train with a larger regularization or a smaller alpha.");
        }

        solver.SolveFactorized(weight);
        List<(int ItemRow, double Contribution)> contributions = new(itemRows.Length);
        for (int j = 0; j < itemRows.Length; j++)
        {
            float linear = Objective.LinearWeight(values[j]);
            if (linear != 0)
            {
                contributions.Add((itemRows[j], (double)linear * VectorMath.Dot(weight, ItemFactors.Row(itemRows[j]))));
            }
        }

        return contributions.TrueForAll(each => double.IsFinite(each.Contribution)) ? ExplanationOf(contributions)
            : throw new InvalidOperationException("The customer's values are too large for single precision, so the score cannot be taken apart. Scale the values of the training data down.");
    }

    /// <summary>The largest length of an item's vector. Two threads may both compute it; they compute the same.</summary>
    private double LargestItemLength() => double.IsNaN(_largestItemLength) ? _largestItemLength = Magnitude.LargestLength(ItemFactors) : _largestItemLength;

    private ExactRowSolver NewItemSolver() => new(ItemFactors, ScaledItemGram(), Objective);

    /// <summary>w₀YᵀY. Two threads may both compute it; they compute the same.</summary>
    internal FactorMatrix ScaledItemGram()
    {
        if (_scaledItemGram is { } known)
        {
            return known;
        }

        FactorMatrix gram = GramMatrix.Compute(ItemFactors, threads: 1, CancellationToken.None);
        TensorPrimitives.Multiply(gram.Data, (float)Objective.UnobservedWeight, gram.Data);
        return _scaledItemGram = gram;
    }
}
