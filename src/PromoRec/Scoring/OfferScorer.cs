using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>Scores all offers of a catalog for one customer, where it knows enough to do so. Immutable; any number of threads may call it, and it allocates nothing.</summary>
internal abstract class OfferScorer
{
    /// <summary>The kind of knowledge its scores rest on.</summary>
    public abstract RankTier Tier { get; }

    /// <summary>Writes the score of every offer of the catalog: larger is better.</summary>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="scratch">The thread's working memory.</param>
    /// <param name="scores">Takes the scores, in the order of the catalog's rows.</param>
    /// <returns>Whether scores were written; otherwise nothing is known that tells offers apart for this customer.</returns>
    public abstract bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores);

    /// <summary>Finds the offers with the highest scores among some. A score that is no number counts as 0: it would leave a place empty that an offer could take.</summary>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="scratch">The thread's working memory.</param>
    /// <param name="admitted">The rows of the offers that may be shown, ascending.</param>
    /// <param name="scores">Room for the scores of all offers.</param>
    /// <param name="best">Takes as many as there is room for: score descending, then row ascending.</param>
    /// <param name="count">How many were found.</param>
    /// <returns>Whether any scores were known; see <see cref="TryScore"/>.</returns>
    public virtual bool TryFindBest(in KnownCustomer customer, ScoringScratch scratch, ReadOnlySpan<int> admitted, Span<float> scores, Span<ScoredRow> best, out int count)
    {
        count = 0;
        if (!TryScore(customer, scratch, scores))
        {
            return false;
        }

        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(scores)))
        {
            foreach (ref float score in scores)
            {
                score = float.IsFinite(score) ? score : 0;
            }
        }

        var top = new TopK(best);
        top.AddRows(admitted, scores);
        count = top.Finish();
        return true;
    }

    /// <summary>Adds what speaks for an offer, strongest first, as long as there is room.</summary>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="past">The strongest part of the customer's past.</param>
    /// <param name="row">The offer.</param>
    /// <param name="score">The score to divide among the reasons.</param>
    /// <param name="reasons">Takes the reasons.</param>
    public abstract void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons);
}
