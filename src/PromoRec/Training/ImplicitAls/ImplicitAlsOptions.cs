using PromoRec.Models;

namespace PromoRec.Training.ImplicitAls;

/// <summary>How <see cref="ImplicitAlsTrainer"/> learns factors.</summary>
public sealed class ImplicitAlsOptions
{
    /// <summary>Length of a customer's and an item's vector: 1 to 1,024, 64 unless set.</summary>
    public int Factors { get; set; } = 64;

    /// <summary>Times both sides are solved: 0 to 1,000, 15 unless set. 0 makes a model of the start values.</summary>
    public int Iterations { get; set; } = 15;

    /// <summary>Weight λ of the squared norms of the factors: above 0, 0.01 unless set.</summary>
    public double Regularization { get; set; } = 0.01;

    /// <summary>
    /// Exponent ν with which λ grows with the evidence a row has: 0 for the same λ everywhere, 1 for proportional to
    /// |observed| + w₀ |other side|. From 0 to 2, 1 unless set. Source: Rendle et al., RecSys 2022, section 3.
    /// </summary>
    public double RegularizationExponent { get; set; } = 1;

    /// <summary>Confidence of an observed pair of value 1: c = α · value. Above 0, 1 unless set.</summary>
    public double Alpha { get; set; } = 1;

    /// <summary>Whether the confidence of an observed pair is 1 + α · value, as in Hu, Koren and Volinsky (2008). False unless set.</summary>
    public bool AddOneToConfidence { get; set; }

    /// <summary>Weight w₀ of a pair that was not observed: 0 or above, 0.1 unless set.</summary>
    public double UnobservedWeight { get; set; } = 0.1;

    /// <summary>Which pairs <see cref="UnobservedWeight"/> applies to: all pairs unless set.</summary>
    public UnobservedPairs UnobservedOver { get; set; } = UnobservedPairs.All;

    /// <summary>How each row's linear system is solved: by conjugate gradient unless set.</summary>
    public AlsSolver Solver { get; set; } = AlsSolver.ConjugateGradient;

    /// <summary>Conjugate gradient steps a row: 1 to 100, 3 unless set. Not used by <see cref="AlsSolver.Cholesky"/>.</summary>
    public int ConjugateGradientSteps { get; set; } = 3;

    /// <summary>Standard deviation of a start vector's length: above 0, 0.1 unless set. Each factor starts at σ / √factors times a standard normal number.</summary>
    public double InitialScale { get; set; } = 0.1;

    /// <summary>Seed of the start values.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The factors do not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Whether every iteration computes the loss, which costs about a tenth of the iteration. False unless set.</summary>
    public bool ComputeLoss { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(Factors is >= 1 and <= 1024, nameof(Factors), Factors, "from 1 to 1,024");
        faults.Require(Iterations is >= 0 and <= 1000, nameof(Iterations), Iterations, "from 0 to 1,000");
        faults.Require(double.IsFinite(Regularization) && Regularization > 0, nameof(Regularization), Regularization, "above 0 and finite");
        faults.Require(RegularizationExponent is >= 0 and <= 2, nameof(RegularizationExponent), RegularizationExponent, "from 0 to 2");
        faults.Require(double.IsFinite(Alpha) && Alpha > 0, nameof(Alpha), Alpha, "above 0 and finite");
        faults.Require(double.IsFinite(UnobservedWeight) && UnobservedWeight >= 0, nameof(UnobservedWeight), UnobservedWeight, "0 or above and finite");
        faults.Require(Enum.IsDefined(UnobservedOver), nameof(UnobservedOver), UnobservedOver, "All or Rest");
        faults.Require(Enum.IsDefined(Solver), nameof(Solver), Solver, "ConjugateGradient or Cholesky");
        faults.Require(ConjugateGradientSteps is >= 1 and <= 100, nameof(ConjugateGradientSteps), ConjugateGradientSteps, "from 1 to 100");
        faults.Require(double.IsFinite(InitialScale) && InitialScale > 0, nameof(InitialScale), InitialScale, "above 0 and finite");
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        faults.ThrowIfAny("implicit ALS");
    }

    internal ImplicitAlsOptions Copy() => (ImplicitAlsOptions)MemberwiseClone();

    internal ImplicitObjective ToObjective() =>
        new(Regularization, RegularizationExponent, Alpha, AddOneToConfidence, UnobservedWeight, UnobservedOver == UnobservedPairs.Rest);
}
