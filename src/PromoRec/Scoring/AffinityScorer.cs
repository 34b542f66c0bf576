using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The inner product of the customer's vector and the offer's, which is the weighted sum of those of its items. An offer of which nothing is known has the vector zero, and so score 0.</summary>
internal sealed class AffinityScorer : OfferScorer
{
    private readonly OfferTargetSets _sets;
    private readonly FactorInsight _insight;
    private readonly FactorMatrix _vectors;
    private readonly InnerProductIndex _index;
    private readonly FactorMatrix _explanations;
    private readonly int _number;

    /// <param name="insight">The model, and what explaining it needs.</param>
    /// <param name="sets">The items of the offers, in the rows of the model.</param>
    /// <param name="number">Which of the folding models it is; -1 for none, so that new events make no difference to it.</param>
    public AffinityScorer(FactorInsight insight, OfferTargetSets sets, int number)
    {
        _number = number;
        _insight = insight;
        _sets = sets;
        _vectors = VectorsOf(sets, insight.Model.ItemFactors);
        _index = InnerProductIndex.Of(_vectors);
        _explanations = insight.Explain(_vectors);
    }

    public override RankTier Tier => RankTier.Als;

    /// <summary>Target sets × factors.</summary>
    public FactorMatrix Vectors => _vectors;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores)
    {
        // A vector of zeros says as little as none: such a customer gets what others know.
        ReadOnlySpan<float> vector = VectorOf(customer);
        if (!(VectorMath.SquaredNorm(vector) > 0))
        {
            return false;
        }

        Span<float> ofSets = scratch.OfSets(_sets.Count);
        BlockScores.OneToMany(vector, _vectors, 0, ofSets);
        _sets.Expand(ofSets, scores);
        return true;
    }

    public override bool TryFindBest(in KnownCustomer customer, ScoringScratch scratch, ReadOnlySpan<int> admitted, Span<float> scores, Span<ScoredRow> best, out int count)
    {
        count = 0;
        double length = Math.Sqrt(Magnitude.SquareOf(VectorOf(customer)));
        if (!InnerProductSearch.IsInRange(_index, length) || !(VectorMath.SquaredNorm(VectorOf(customer)) > 0) || best.IsEmpty)
        {
            return base.TryFindBest(customer, scratch, admitted, scores, best, out count);
        }

        Span<ScoredRow> sets = _sets.AreOffers ? best : scratch.BestSets(Math.Min(best.Length, _sets.Count));
        var choice = new AdmittedSets(_sets, admitted);
        int found = scratch.Search.Find(_index, VectorOf(customer), choice, sets);
        if (_sets.AreOffers)
        {
            count = found;
            return true;
        }

        // A set stands here by its first offer; the others have the same score.
        var top = new TopK(best);
        foreach ((int row, float score) in sets[..found])
        {
            foreach (int offer in _sets.OffersOf(_sets.SetOf[row]))
            {
                if (choice.Has(offer))
                {
                    top.Add(offer, score);
                }
            }
        }

        count = top.Finish();
        return true;
    }

    /// <summary>Adds the items with the largest contributions above zero; the weights of all such items sum to the score. See <see cref="FactorInsight"/> for what a contribution is.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        if (score <= 0)
        {
            return;
        }

        FactorModel model = _insight.Model;
        Span<float> shares = stackalloc float[PastItems.Capacity];
        shares = shares[..past.Rows.Length];
        ChosenRowScores.Compute(_explanations.Row(_sets.SetOf[row]), model.ItemFactors, past.Rows, shares);

        // Half of the shares are below zero, in no order: a branch on each would cost more than the products.
        double total = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = float.MaxNumber(0, model.Objective.LinearWeight(past.Values[i]) * shares[i]);
            total += shares[i];
        }

        Span<ScoredRow> buffer = stackalloc ScoredRow[RankReasons.Capacity];
        var strongest = new TopK(buffer[..reasons.Left]);
        strongest.AddRange(0, shares);
        int count = 0;
        foreach ((int at, float share) in buffer[..strongest.Finish()])
        {
            if (share > 0)
            {
                buffer[count++] = new ScoredRow(past.Rows[at], share);
            }
        }

        reasons.AddItems(customer, buffer[..count], (float)(score / total));
    }

    private ReadOnlySpan<float> VectorOf(in KnownCustomer customer)
    {
        if (_number >= 0 && _number < customer.Vectors.Length)
        {
            return customer.Vectors[_number].Vector.Row(0);
        }

        FactorMatrix users = _insight.Model.UserFactors;
        return customer.Row >= 0 && customer.Row < users.Rows ? users.Row(customer.Row) : [];
    }

    private static FactorMatrix VectorsOf(OfferTargetSets sets, FactorMatrix items)
    {
        FactorMatrix vectors = FactorMatrix.Create(sets.Count, items.Factors);
        for (int set = 0; set < sets.Count; set++)
        {
            ReadOnlySpan<int> rows = sets.BySet.ColumnsOf(set);
            ReadOnlySpan<float> weights = sets.BySet.ValuesOf(set);
            for (int i = 0; i < rows.Length; i++)
            {
                VectorMath.AddScaled(weights[i], items.Row(rows[i]), vectors.Row(set));
            }
        }

        return vectors;
    }
}
