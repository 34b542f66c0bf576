using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The inner product of the customer's vector and the offer's. An offer of which nothing is known has the vector zero, and so score 0.</summary>
internal sealed class AffinityScorer : IOfferScorer
{
    public RankTier Tier => RankTier.Als;

    public bool TryScore(OfferAffinities offers, ReadOnlySpan<float> customer, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (offers.Vectors is not { } vectors || customer.IsEmpty)
        {
            return false;
        }

        if (rows.Length > 0 && rows[^1] - rows[0] == rows.Length - 1)
        {
            BlockScores.OneToMany(customer, vectors, rows[0], scores[..rows.Length]);
        }
        else
        {
            for (int i = 0; i < rows.Length; i++)
            {
                scores[i] = VectorMath.Dot(customer, vectors.Row(rows[i]));
            }
        }

        return true;
    }
}
