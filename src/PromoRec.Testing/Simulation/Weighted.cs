namespace PromoRec.Testing.Simulation;

/// <summary>Choices from short lists of weights.</summary>
internal static class Weighted
{
    /// <summary>Scales weights so that they sum to 1.</summary>
    public static void Normalize(Span<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        foreach (ref double weight in weights)
        {
            weight /= sum;
        }
    }

    public static double[] Normalized(double[] weights)
    {
        Normalize(weights);
        return weights;
    }

    /// <summary>The outcome at a position from 0 to 1 along weights that sum to 1; never one of weight 0.</summary>
    public static int Pick(ReadOnlySpan<double> weights, double position)
    {
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                position -= weights[i];
                if (position < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }
}
