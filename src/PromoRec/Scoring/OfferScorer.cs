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

    /// <summary>Adds what speaks for an offer, strongest first, as long as there is room.</summary>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="past">The strongest part of the customer's past.</param>
    /// <param name="row">The offer.</param>
    /// <param name="score">The score to divide among the reasons.</param>
    /// <param name="reasons">Takes the reasons.</param>
    public abstract void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons);
}
