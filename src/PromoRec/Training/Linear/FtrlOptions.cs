using System.Globalization;
using PromoRec.Models.Linear;

namespace PromoRec.Training.Linear;

/// <summary>How a <see cref="FtrlLearner"/> learns. The names are those of the source.</summary>
public sealed class FtrlOptions
{
    /// <summary>What each example's error costs: logistic unless set.</summary>
    public LinearLoss Loss { get; set; } = LinearLoss.Logistic;

    /// <summary>α, how fast weights move: above 0, 0.1 unless set.</summary>
    public double Alpha { get; set; } = 0.1;

    /// <summary>β, which holds back the first steps of a weight: 0 or above, 1 unless set.</summary>
    public double Beta { get; set; } = 1;

    /// <summary>λ₁: a weight that was not pushed further than this is exactly 0. 0 or above, 0 unless set.</summary>
    public double L1 { get; set; }

    /// <summary>λ₂: 0 or above, 0 unless set.</summary>
    public double L2 { get; set; }

    /// <summary>Whether scores have a constant part, which neither λ₁ nor λ₂ holds back. True unless set.</summary>
    public bool Intercept { get; set; } = true;

    /// <summary>What true examples count beside their own weights: above 0, 1 unless set.</summary>
    public double PositiveWeight { get; set; } = 1;

    /// <summary>What false examples count beside their own weights: above 0, 1 unless set.</summary>
    public double NegativeWeight { get; set; } = 1;

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(Enum.IsDefined(Loss), nameof(Loss), Loss, "Logistic, Squared, Hinge or SquaredHinge");
        Require(double.IsFinite(Alpha) && Alpha > 0, nameof(Alpha), Alpha, "above 0 and finite");
        Require(double.IsFinite(Beta) && Beta >= 0, nameof(Beta), Beta, "0 or above and finite");
        Require(double.IsFinite(L1) && L1 >= 0, nameof(L1), L1, "0 or above and finite");
        Require(double.IsFinite(L2) && L2 >= 0, nameof(L2), L2, "0 or above and finite");
        Require(double.IsFinite(PositiveWeight) && PositiveWeight > 0, nameof(PositiveWeight), PositiveWeight, "above 0 and finite");
        Require(double.IsFinite(NegativeWeight) && NegativeWeight > 0, nameof(NegativeWeight), NegativeWeight, "above 0 and finite");
        if (Loss == LinearLoss.Squared)
        {
            Require(PositiveWeight == 1 && NegativeWeight == 1, nameof(PositiveWeight), PositiveWeight, "1, as NegativeWeight, with the squared loss, which has no classes");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of FTRL are out of range: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string name, object value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal FtrlOptions Copy() => (FtrlOptions)MemberwiseClone();
}
