namespace PromoRec.Models.Linear;

/// <summary>A line through points that never descends; outside of them, the nearest point's probability.</summary>
/// <remarks>Source: Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002.</remarks>
public sealed class IsotonicCalibrator : ProbabilityCalibrator
{
    private readonly double[] _scores;
    private readonly double[] _probabilities;

    /// <summary>Creates the calibrator.</summary>
    /// <param name="scores">The scores of the points, finite and strictly ascending; at least one.</param>
    /// <param name="probabilities">Their probabilities, from 0 to 1, never descending.</param>
    /// <exception cref="ArgumentException">The points are not such points.</exception>
    public IsotonicCalibrator(ReadOnlySpan<double> scores, ReadOnlySpan<double> probabilities)
    {
        bool ordered = scores.Length > 0 && scores.Length == probabilities.Length;
        for (int i = 0; ordered && i < scores.Length; i++)
        {
            ordered = double.IsFinite(scores[i]) && probabilities[i] is >= 0 and <= 1 && (i == 0 || (scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1]));
        }

        if (!ordered)
        {
            throw new ArgumentException("An isotonic calibrator needs as many scores as probabilities, at least one, finite and strictly ascending scores, and probabilities from 0 to 1 that never descend.");
        }

        _scores = scores.ToArray();
        _probabilities = probabilities.ToArray();
    }

    /// <summary>The scores of the points.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>The probabilities of the points.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    private protected override double ProbabilityOf(double score)
    {
        int at = Array.BinarySearch(_scores, score);
        if (at >= 0)
        {
            return _probabilities[at];
        }

        int above = ~at;
        if (above == 0 || above == _scores.Length)
        {
            return _probabilities[above == 0 ? 0 : above - 1];
        }

        // Halves, because the difference of two finite scores may overflow.
        double share = ((score / 2) - (_scores[above - 1] / 2)) / ((_scores[above] / 2) - (_scores[above - 1] / 2));
        double low = _probabilities[above - 1];
        return low + (Math.Min(share, 1) * (_probabilities[above] - low));
    }
}
