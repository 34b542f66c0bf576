using System.Globalization;
using PromoRec.Numerics;

namespace PromoRec.Models.Linear;

/// <summary>1 / (1 + exp(-(slope · score + offset))).</summary>
/// <remarks>Source: Platt, "Probabilistic outputs for support vector machines", 1999, with A = -slope and B = -offset.</remarks>
public sealed class PlattCalibrator : ProbabilityCalibrator
{
    private const double Largest = 1e150;

    /// <summary>Creates the calibrator.</summary>
    /// <param name="slope">From 0 to 1e150: a probability never falls as the score grows.</param>
    /// <param name="offset">From -1e150 to 1e150.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public PlattCalibrator(double slope, double offset)
    {
        if (!(slope >= 0 && slope <= Largest) || !(Math.Abs(offset) <= Largest))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The slope is {slope} and the offset {offset}; the slope must be from 0 to {Largest} and the offset not larger than that."));
        }

        Slope = slope;
        Offset = offset;
    }

    /// <summary>What the score is multiplied by.</summary>
    public double Slope { get; }

    /// <summary>What is added to it.</summary>
    public double Offset { get; }

    // A slope of 0 times an infinite score would be no number.
    private protected override double ProbabilityOf(double score) => LogisticLoss.Sigmoid((Slope * Math.Clamp(score, -Largest, Largest)) + Offset);
}
