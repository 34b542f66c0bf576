namespace PromoRec.Training.Ease;

/// <summary>How <see cref="EaseTrainer"/> learns.</summary>
public sealed class EaseOptions
{
    /// <summary>Weight λ of the squared weights: above 0, 500 unless set. The more customers there are, the larger it should be.</summary>
    public double Regularization { get; set; } = 500;

    /// <summary>Most weights towards one item, the largest in size: 1 or more, 1,000 unless set. With as many as there are items none is left out.</summary>
    public int MaxWeights { get; set; } = 1000;

    /// <summary>Whether every value above zero counts as one, and the rest not at all, as in the paper. True unless set.</summary>
    public bool Binary { get; set; } = true;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(double.IsFinite(Regularization) && Regularization > 0, nameof(Regularization), Regularization, "above 0 and finite");
        faults.Require(MaxWeights >= 1, nameof(MaxWeights), MaxWeights, "1 or more");
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        faults.ThrowIfAny("EASE");
    }

    internal EaseOptions Copy() => (EaseOptions)MemberwiseClone();
}
