namespace PromoRec.Evaluation;

/// <summary>Where one prediction stands in a <see cref="RatingComparison"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Error">Its error over all ratings of the test.</param>
/// <param name="Low">Lower end of the interval of <paramref name="Error"/>.</param>
/// <param name="High">Upper end of the interval of <paramref name="Error"/>.</param>
public readonly record struct ComparedPrediction(string Name, double Error, double Low, double High)
{
    /// <summary>How far the error is above that of the best: 0 or more, and 0 for the best itself.</summary>
    public double Behind { get; init; }

    /// <summary>Lower end of the interval of <see cref="Behind"/>; 0 for the best.</summary>
    public double BehindLow { get; init; }

    /// <summary>Upper end of the interval of <see cref="Behind"/>; 0 for the best.</summary>
    public double BehindHigh { get; init; }

    /// <summary>Whether it is surely worse than the best: the whole interval of the difference is above 0.</summary>
    public bool IsBehind => BehindLow > 0;
}
