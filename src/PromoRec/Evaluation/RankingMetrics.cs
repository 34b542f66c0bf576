namespace PromoRec.Evaluation;

/// <summary>Quality of one ranking, in double precision, from the relevance of its places.</summary>
/// <remarks>
/// <c>ranked[r]</c> says whether what stands at place r, from 0, is relevant; the ranking may be shorter than k, and then its missing
/// places count as irrelevant. <c>relevantCount</c> is the number of relevant ones in all, ranked or not: at least 1, and at least the
/// number of true values. Pure functions; any number of threads may call them.
/// </remarks>
public static class RankingMetrics
{
    /// <summary>1 when anything relevant is in the first k, else 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public static double HitRate(ReadOnlySpan<bool> ranked, int k) => Hits(ranked, k) > 0 ? 1 : 0;

    /// <summary>hits(k) / k, also where fewer than k are ranked.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public static double Precision(ReadOnlySpan<bool> ranked, int k) => Hits(ranked, k) / (double)k;

    /// <summary>hits(k) / relevantCount. The denominator is not cut to k, so that with many relevant ones the best value is below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="relevantCount"/> is below 1.</exception>
    public static double Recall(ReadOnlySpan<bool> ranked, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(relevantCount, 1);
        return Hits(ranked, k) / (double)relevantCount;
    }

    /// <summary>2PR / (P + R) of precision P and recall R, which is 2 hits(k) / (k + relevantCount); 0 without hits.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="relevantCount"/> is below 1.</exception>
    public static double F1(ReadOnlySpan<bool> ranked, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(relevantCount, 1);
        return 2.0 * Hits(ranked, k) / ((double)k + relevantCount);
    }

    /// <summary>Sum of 1 / log₂(r + 2) over the relevant places r below k, divided by its largest value: the same sum over r below min(k, relevantCount).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="relevantCount"/> is below 1.</exception>
    public static double Ndcg(ReadOnlySpan<bool> ranked, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(relevantCount, 1);
        ReadOnlySpan<bool> first = First(ranked, k);
        double gain = 0;
        for (int place = 0; place < first.Length; place++)
        {
            if (first[place])
            {
                gain += Discount(place);
            }
        }

        if (gain == 0)
        {
            return 0;
        }

        double ideal = 0;
        for (int place = 0; place < Math.Min(k, relevantCount); place++)
        {
            ideal += Discount(place);
        }

        return gain / ideal;
    }

    /// <summary>Sum of precision(r + 1) over the relevant places r below k, divided by relevantCount. Its mean over customers is MAP@k.</summary>
    /// <remarks>Some divide by min(k, relevantCount) instead, which gives larger values; this is the definition of the TREC collections, cut at k.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> or <paramref name="relevantCount"/> is below 1.</exception>
    public static double AveragePrecision(ReadOnlySpan<bool> ranked, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(relevantCount, 1);
        ReadOnlySpan<bool> first = First(ranked, k);
        double sum = 0;
        int hits = 0;
        for (int place = 0; place < first.Length; place++)
        {
            if (first[place])
            {
                hits++;
                sum += hits / (place + 1.0);
            }
        }

        return sum / relevantCount;
    }

    /// <summary>1 / (r + 1) for the first relevant place r below k; 0 where there is none. Its mean over customers is MRR@k.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public static double ReciprocalRank(ReadOnlySpan<bool> ranked, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int place = First(ranked, k).IndexOf(true);
        return place < 0 ? 0 : 1.0 / (place + 1);
    }

    /// <summary>Share of the pairs (relevant, irrelevant) that a complete ranking without ties has in the right order.</summary>
    /// <remarks>A relevant one that is not in the ranking stands behind everything in it. NaN where nothing is irrelevant. Scores with ties: <see cref="PredictionMetrics.Auc"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="relevantCount"/> is below 1.</exception>
    public static double Auc(ReadOnlySpan<bool> ranked, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(relevantCount, 1);
        long rightPairs = 0;
        int hits = 0;
        foreach (bool relevant in ranked)
        {
            if (relevant)
            {
                hits++;
            }
            else
            {
                rightPairs += hits;
            }
        }

        return rightPairs / ((double)relevantCount * (ranked.Length - hits));
    }

    /// <summary>The share of a catalog that was recommended to anybody; NaN for an empty catalog.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more were recommended than the catalog has.</exception>
    public static double Coverage(int recommended, int catalogSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recommended);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recommended, catalogSize);
        return recommended / (double)catalogSize;
    }

    /// <summary>Self-information of an item, in bits: -log₂ of the share of customers who have it. The mean over a recommended list is its novelty.</summary>
    /// <remarks>An item that nobody has counts as one that a single customer has, so that the value stays finite.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="users"/> is below 1, or <paramref name="usersWithItem"/> is not from 0 to it.</exception>
    public static double SelfInformation(int usersWithItem, int users)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(usersWithItem);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(usersWithItem, users);
        return Math.Log2(users / (double)Math.Max(1, usersWithItem));
    }

    private static int Hits(ReadOnlySpan<bool> ranked, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return First(ranked, k).Count(true);
    }

    private static ReadOnlySpan<bool> First(ReadOnlySpan<bool> ranked, int k) => ranked[..Math.Min(k, ranked.Length)];

    private static double Discount(int place) => 1 / Math.Log2(place + 2.0);
}
