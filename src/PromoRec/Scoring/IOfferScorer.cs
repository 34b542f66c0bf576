namespace PromoRec.Scoring;

/// <summary>Scores a batch of offers for one customer, where it knows enough to do so.</summary>
/// <remarks>Any number of threads call it. It allocates nothing. Scores are finite, and larger is better.</remarks>
internal interface IOfferScorer
{
    /// <summary>The kind of knowledge its scores rest on.</summary>
    RankTier Tier { get; }

    /// <summary>Writes the scores of some offers.</summary>
    /// <param name="offers">What is known of the offers.</param>
    /// <param name="customer">The customer's vector, padded like a row of factors; empty when the customer is unknown.</param>
    /// <param name="rows">The offers' rows, ascending.</param>
    /// <param name="scores">Takes the scores, in the order of <paramref name="rows"/>.</param>
    /// <returns>Whether scores were written; otherwise the next scorer is asked.</returns>
    bool TryScore(OfferAffinities offers, ReadOnlySpan<float> customer, ReadOnlySpan<int> rows, Span<float> scores);
}
