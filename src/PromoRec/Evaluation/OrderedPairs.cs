namespace PromoRec.Evaluation;

/// <summary>Counts how many pairs of a relevant and an irrelevant score are in the right order, without sorting the irrelevant ones.</summary>
internal static class OrderedPairs
{
    /// <summary>AUC; equal scores count half.</summary>
    /// <param name="relevant">Scores of the relevant ones that were ranked. Sorted on return.</param>
    /// <param name="unranked">Relevant ones that were not ranked: they stand behind everything.</param>
    /// <param name="scores">All scores. NaN marks what is not ranked.</param>
    public static double Auc(Span<float> relevant, int unranked, ReadOnlySpan<float> scores)
    {
        relevant.Sort();

        // In half pairs, so that the count stays whole; the relevant ones are among all, and their pairs are taken off again.
        long halfPairs = 0;
        int ranked = 0;
        foreach (float score in scores)
        {
            if (!float.IsNaN(score))
            {
                halfPairs += HalfPairs(relevant, score);
                ranked++;
            }
        }

        foreach (float score in relevant)
        {
            halfPairs -= HalfPairs(relevant, score);
        }

        return halfPairs / (2.0 * (relevant.Length + unranked) * (ranked - relevant.Length));
    }

    private static int HalfPairs(ReadOnlySpan<float> sorted, float score)
    {
        int above = sorted.Length - Below(sorted, score, orEqual: true);
        int notBelow = sorted.Length - Below(sorted, score, orEqual: false);
        return above + notBelow;
    }

    /// <summary>Number of sorted values below a score, or not above it.</summary>
    private static int Below(ReadOnlySpan<float> sorted, float score, bool orEqual)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
