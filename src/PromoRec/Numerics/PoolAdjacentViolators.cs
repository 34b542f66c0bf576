namespace PromoRec.Numerics;

/// <summary>Weighted least squares under the order y₁ ≤ y₂ ≤ …, exactly, in linear time.</summary>
/// <remarks>Source: Ayer, Brunk, Ewing, Reid and Silverman, Annals of Mathematical Statistics 26(4), 1955.</remarks>
internal static class PoolAdjacentViolators
{
    /// <summary>Replaces the values by the nearest ones that never descend.</summary>
    /// <param name="values">The values, overwritten.</param>
    /// <param name="weights">Their weights, above 0.</param>
    public static void Fit(Span<double> values, ReadOnlySpan<double> weights)
    {
        // Blocks stand on a stack: mean, weight and the end of each.
        var means = new double[values.Length];
        var masses = new double[values.Length];
        var ends = new int[values.Length];
        int blocks = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double mean = values[i];
            double mass = weights[i];
            while (blocks > 0 && means[blocks - 1] >= mean)
            {
                blocks--;
                double together = masses[blocks] + mass;
                mean = means[blocks] + ((mean - means[blocks]) * (mass / together));
                mass = together;
            }

            means[blocks] = mean;
            masses[blocks] = mass;
            ends[blocks++] = i + 1;
        }

        int start = 0;
        for (int block = 0; block < blocks; block++)
        {
            values[start..ends[block]].Fill(means[block]);
            start = ends[block];
        }
    }
}
