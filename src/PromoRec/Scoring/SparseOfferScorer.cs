using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>Scores what few features a customer touches (items near theirs, or categories), and from there the offers that have these features.</summary>
/// <remarks>
/// score(offer) = Σ over features f of x_f(customer) w_f(offer). Only what is touched is visited: the cost is the number of features that the
/// customer's past leads to, plus the number of target sets that these lead to, and does not grow with the catalog but for writing out the scores.
/// </remarks>
internal abstract class SparseOfferScorer : OfferScorer
{
    private readonly OfferSets _sets;
    private readonly CsrMatrix _setsOfFeature;

    /// <param name="sets">The sets of the offers.</param>
    /// <param name="setsOfFeature">Features × sets: what a feature counts in each.</param>
    protected SparseOfferScorer(OfferSets sets, CsrMatrix setsOfFeature)
    {
        _sets = sets;
        _setsOfFeature = setsOfFeature;
    }

    public sealed override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores)
    {
        SparseAccumulator features = scratch.Features;
        features.Clear(_setsOfFeature.Rows);
        Touch(customer, features);
        float scale = ScaleOf(features);

        // The scores of all sets are written out in any case, so that noting which were touched would only cost time.
        Span<float> ofSets = scratch.OfSets(_sets.Count);
        ofSets.Clear();
        foreach (int feature in features.Touched)
        {
            float sum = features.SumOf(feature);
            if (sum != 0)
            {
                VectorMath.AddScaled(scale * sum, _setsOfFeature.ColumnsOf(feature), _setsOfFeature.ValuesOf(feature), ofSets);
            }
        }

        bool tells = ofSets.ContainsAnyExcept(0f);
        if (tells)
        {
            _sets.Expand(ofSets, scores);
        }

        return tells;
    }

    /// <summary>Adds up the features of a customer.</summary>
    protected abstract void Touch(in KnownCustomer customer, SparseAccumulator features);

    /// <summary>By what all features of a customer are multiplied.</summary>
    protected virtual float ScaleOf(SparseAccumulator features) => 1;

    /// <summary>The target set of an offer.</summary>
    protected int SetOf(int offerRow) => _sets.SetOf[offerRow];

    /// <summary>What a feature counts in a target set; 0 where it does not.</summary>
    protected float WeightIn(int set, int feature)
    {
        int at = _setsOfFeature.ColumnsOf(feature).BinarySearch(set);
        return at < 0 ? 0 : _setsOfFeature.ValuesOf(feature)[at];
    }
}
