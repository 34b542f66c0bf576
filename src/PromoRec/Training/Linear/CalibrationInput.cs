namespace PromoRec.Training.Linear;

/// <summary>What the calibrations demand of their examples.</summary>
internal static class CalibrationInput
{
    /// <summary>Beyond it, squares of scores leave double precision.</summary>
    private const double LargestScore = 1e150;

    public static double WeightAt(ReadOnlySpan<double> weights, int at) => weights.IsEmpty ? 1 : weights[at];

    public static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights)
    {
        if (scores.Length == 0 || scores.Length != labels.Length || (!weights.IsEmpty && weights.Length != scores.Length))
        {
            throw new ArgumentException($"There are {scores.Length} scores, {labels.Length} labels and {weights.Length} weights, but there must be as many of each (or no weights), at least one.");
        }

        double total = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = WeightAt(weights, i);
            if (!(Math.Abs(scores[i]) <= LargestScore) || !(weight >= 0 && weight <= LargestScore))
            {
                throw new ArgumentException(FormattableString.Invariant($"Example {i} has the score {scores[i]} and the weight {weight}; the score must be from -{LargestScore} to {LargestScore}, the weight from 0 to that."));
            }

            total += weight;
        }

        if (total <= 0)
        {
            throw new ArgumentException("No example has a weight above 0.", nameof(weights));
        }
    }
}
