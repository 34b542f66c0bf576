namespace PromoRec.Training.Ratings;

/// <summary>How ratings are predicted by Slope One.</summary>
public sealed class SlopeOneOptions
{
    /// <summary>Fewest customers who rated both of two items that are compared: 1 or more, 1 unless set.</summary>
    public int MinSupport { get; set; } = 1;

    /// <summary>Most items that an item is compared with, those with the most support, each of 8 bytes: 1 to 1,000,000, 2,000 unless set.</summary>
    public int DeviationsPerItem { get; set; } = 2_000;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(MinSupport >= 1, nameof(MinSupport), MinSupport, "1 or more");
        faults.Require(DeviationsPerItem is >= 1 and <= 1_000_000, nameof(DeviationsPerItem), DeviationsPerItem, "from 1 to 1,000,000");
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        faults.ThrowIfAny("Slope One");
    }

    /// <summary>The options that decide the model, by name.</summary>
    internal SortedDictionary<string, string> ToText() => new(StringComparer.Ordinal)
    {
        ["min-support"] = TrainedManifest.Text(MinSupport),
        ["deviations-per-item"] = TrainedManifest.Text(DeviationsPerItem),
    };

    internal SlopeOneOptions Copy() => (SlopeOneOptions)MemberwiseClone();
}
