namespace PromoRec.Models.Linear;

/// <summary>Turns the scores of a model into probabilities that come true as often as they say. Immutable; never descends as the score grows.</summary>
public abstract class ProbabilityCalibrator
{
    private protected ProbabilityCalibrator()
    {
    }

    /// <summary>The probability of a score, from 0 to 1.</summary>
    /// <exception cref="ArgumentException">The score is NaN.</exception>
    public double Calibrate(double score) =>
        double.IsNaN(score) ? throw new ArgumentException("The score is not a number.", nameof(score)) : ProbabilityOf(score);

    private protected abstract double ProbabilityOf(double score);
}
