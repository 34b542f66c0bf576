using System.Globalization;
using PromoRec.Models.Linear;

namespace PromoRec.Training.Linear;

/// <summary>How <see cref="LinearTrainer"/> learns weights.</summary>
public sealed class LinearTrainingOptions
{
    /// <summary>What each example's error costs: logistic unless set.</summary>
    public LinearLoss Loss { get; set; } = LinearLoss.Logistic;

    /// <summary>C, what the losses count beside the penalties: above 0, 1 unless set.</summary>
    public double Cost { get; set; } = 1;

    /// <summary>What half the sum of squared weights counts: 0 or above, 1 unless set. The hinge loss needs it above 0.</summary>
    public double L2 { get; set; } = 1;

    /// <summary>What the sum of absolute weights counts: 0 or above, 0 unless set. Weights that help less than this are exactly 0. Not for the hinge loss.</summary>
    public double L1 { get; set; }

    /// <summary>Whether scores have a constant part, which is never penalised. True unless set.</summary>
    public bool Intercept { get; set; } = true;

    /// <summary>What true examples count beside their own weights: above 0, 1 unless set.</summary>
    public double PositiveWeight { get; set; } = 1;

    /// <summary>What false examples count beside their own weights: above 0, 1 unless set.</summary>
    public double NegativeWeight { get; set; } = 1;

    /// <summary>
    /// When to stop: above 0, below 1; 1e-8 unless set. The gradient must be this much shorter than with the best intercept alone, measured where every
    /// column is centred (with an intercept) and bends the objective alike: the units of features do not matter. With L1, it is the shortest subgradient, scaled
    /// but not centred. With the hinge loss, the objective must be within this share of a bound on its least value: 1e-3 unless set.
    /// </summary>
    public double? Tolerance { get; set; }

    /// <summary>
    /// Most outer iterations, with the hinge loss passes and steps together: 1 to 1,000,000, 1,000 unless set. A training that needs more
    /// gives a model whose <see cref="LinearModel.Converged"/> is false.
    /// </summary>
    public int MaxIterations { get; set; } = 1000;

    /// <summary>Seed of the order in which coordinate descent takes its coordinates.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The weights do not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Enum.IsDefined(Loss), nameof(Loss), Loss, "Logistic, Squared, Hinge or SquaredHinge");
        Require(double.IsFinite(Cost) && Cost > 0, nameof(Cost), Cost, "above 0 and finite");
        Require(double.IsFinite(L2) && L2 >= 0, nameof(L2), L2, "0 or above and finite");
        Require(double.IsFinite(L1) && L1 >= 0, nameof(L1), L1, "0 or above and finite");
        if (Loss == LinearLoss.Hinge)
        {
            Require(L2 > 0, nameof(L2), L2, "above 0 with the hinge loss");
            Require(L1 == 0, nameof(L1), L1, "0 with the hinge loss (take the squared hinge)");
        }

        Require(double.IsFinite(PositiveWeight) && PositiveWeight > 0, nameof(PositiveWeight), PositiveWeight, "above 0 and finite");
        Require(double.IsFinite(NegativeWeight) && NegativeWeight > 0, nameof(NegativeWeight), NegativeWeight, "above 0 and finite");
        if (Loss == LinearLoss.Squared)
        {
            Require(PositiveWeight == 1 && NegativeWeight == 1, nameof(PositiveWeight), PositiveWeight, "1, as NegativeWeight, with the squared loss, which has no classes");
        }

        Require(Tolerance is null or (> 0 and < 1), nameof(Tolerance), Tolerance ?? 0, "above 0 and below 1");
        Require(MaxIterations is >= 1 and <= 1_000_000, nameof(MaxIterations), MaxIterations, "from 1 to 1,000,000");
        Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of linear training are out of range: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string name, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal double ToleranceInUse => Tolerance ?? (Loss == LinearLoss.Hinge ? 1e-3 : 1e-8);

    internal LinearTrainingOptions Copy() => (LinearTrainingOptions)MemberwiseClone();
}
