namespace PromoRec.Training.Ratings;

/// <summary>How baseline estimates of ratings are fitted.</summary>
/// <remarks>
/// An infinite regularization leaves the biases of a side at 0. So these are also the plain means: of all ratings with no sweeps; of an item's ratings with
/// <see cref="UserRegularization"/> infinite and <see cref="ItemRegularization"/> 0; of a customer's the other way round.
/// </remarks>
public sealed class BaselineOptions
{
    /// <summary>Times both sides are solved, items first: 0 to 1,000, 10 unless set.</summary>
    public int Sweeps { get; set; } = 10;

    /// <summary>Weight of the squared bias of a customer: 0 or above, 15 unless set.</summary>
    public double UserRegularization { get; set; } = 15;

    /// <summary>Weight of the squared bias of an item: 0 or above, 10 unless set.</summary>
    public double ItemRegularization { get; set; } = 10;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        AddFaults(faults);
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        faults.ThrowIfAny("baseline estimates");
    }

    /// <summary>The faults of what decides the biases.</summary>
    internal void AddFaults(OptionFaults faults)
    {
        faults.Require(Sweeps is >= 0 and <= 1000, nameof(Sweeps), Sweeps, "from 0 to 1,000");
        faults.Require(UserRegularization >= 0, nameof(UserRegularization), UserRegularization, "0 or above");
        faults.Require(ItemRegularization >= 0, nameof(ItemRegularization), ItemRegularization, "0 or above");
    }

    /// <summary>The options that decide the biases, by name.</summary>
    internal void AddTo(SortedDictionary<string, string> values, string prefix)
    {
        values[prefix + "sweeps"] = TrainedManifest.Text(Sweeps);
        values[prefix + "user-regularization"] = TrainedManifest.Text(UserRegularization);
        values[prefix + "item-regularization"] = TrainedManifest.Text(ItemRegularization);
    }

    /// <summary>λᵤ of a customer who is learnt after the training; without sweeps no customer has a bias.</summary>
    internal double FoldInRegularization => Sweeps > 0 ? UserRegularization : double.PositiveInfinity;

    internal BaselineOptions Copy() => (BaselineOptions)MemberwiseClone();
}
