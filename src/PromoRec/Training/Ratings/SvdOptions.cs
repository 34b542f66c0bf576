namespace PromoRec.Training.Ratings;

/// <summary>How <see cref="SvdTrainer"/> learns biases and factors from ratings.</summary>
public sealed class SvdOptions
{
    /// <summary>Length of a customer's and an item's vector: 1 to 1,024, 100 unless set.</summary>
    public int Factors { get; set; } = 100;

    /// <summary>Passes over the ratings: 0 to 10,000, 20 unless set. 0 makes a model of the start values.</summary>
    public int Epochs { get; set; } = 20;

    /// <summary>Size γ of a step: above 0, at most 1, 0.005 unless set. It fits ratings on a scale some units wide; scale others to that, or choose a smaller step.</summary>
    public double LearningRate { get; set; } = 0.005;

    /// <summary>Weight λ of the squared biases and factors: 0 or above, 0.02 unless set.</summary>
    public double Regularization { get; set; } = 0.02;

    /// <summary>Standard deviation of the normal numbers that factors start from: 0 or above, 0.1 unless set.</summary>
    public double InitialScale { get; set; } = 0.1;

    /// <summary>Seed of the start values.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate() => ToRules().Validate("biased matrix factorization");

    internal SgdRules ToRules() => new(Factors, Epochs, LearningRate, Regularization, InitialScale, Seed);
}
