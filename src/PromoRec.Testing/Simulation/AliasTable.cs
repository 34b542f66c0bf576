namespace PromoRec.Testing.Simulation;

/// <summary>Draws one of n weighted outcomes in constant time.</summary>
/// <remarks>Works on slices, so that many small tables share one pair of arrays. Source: Vose, IEEE Transactions on Software Engineering 17(9), 1991.</remarks>
internal static class AliasTable
{
    /// <summary>Fills <paramref name="keep"/> and <paramref name="alias"/>: outcome i stays i with probability keep[i] and becomes alias[i] otherwise.</summary>
    public static void Fill(ReadOnlySpan<double> weights, Span<float> keep, Span<int> alias)
    {
        int n = weights.Length;
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        var scaled = new double[n];
        var order = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++)
        {
            scaled[i] = weights[i] * n / sum;
            order[scaled[i] < 1 ? small++ : --large] = i;
        }

        // order holds the small outcomes in [next, small) and the large ones in [large, n).
        int next = 0;
        while (next < small && large < n)
        {
            int poor = order[next++];
            int rich = order[large];
            keep[poor] = (float)scaled[poor];
            alias[poor] = rich;
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] < 1)
            {
                // Both regions meet at `large`, so moving their border makes the rich outcome a poor one.
                small++;
                large++;
            }
        }

        // What is left has weight 1 up to rounding.
        for (; next < small; next++)
        {
            (keep[order[next]], alias[order[next]]) = (1, order[next]);
        }

        for (; large < n; large++)
        {
            (keep[order[large]], alias[order[large]]) = (1, order[large]);
        }
    }
}
