using System.Globalization;

namespace PromoRec.Training.CoOccurrence;

/// <summary>How <see cref="CoOccurrenceTrainer"/> counts what comes together.</summary>
public sealed class CoOccurrenceOptions
{
    /// <summary>
    /// Longest time between two events of one basket: 0 or above, 30 minutes unless set. With 0 only what was done at the very same time is together. Events of unknown time of one customer are one basket.
    /// </summary>
    public TimeSpan SessionGap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Fewest baskets with both items: 1 or more, 2 unless set.</summary>
    public int MinSupport { get; set; } = 2;

    /// <summary>Least confidence of a rule: 0 to 1, 0 unless set.</summary>
    public double MinConfidence { get; set; }

    /// <summary>Least lift of a rule: 0 or above, 0 unless set; above 1 leaves out what comes together by chance or less.</summary>
    public double MinLift { get; set; }

    /// <summary>What an item adds to the score of another: the confidence unless set.</summary>
    public CoOccurrenceMeasure Measure { get; set; } = CoOccurrenceMeasure.Confidence;

    /// <summary>Most items that come with an item, those of the largest measure: 1 to 1,000,000, 100 unless set.</summary>
    public int Neighbours { get; set; } = 100;

    /// <summary>What is left of a pair for every step further apart in the basket: above 0, at most 1; 1 unless set, so that order does not matter. What was done at the same time is one step apart, as is what follows next.</summary>
    public double DistanceDecay { get; set; } = 1;

    /// <summary>The age at which a basket counts half: above zero, or null for never, as it is unless set. A basket is as old as its last event.</summary>
    public TimeSpan? HalfLife { get; set; }

    /// <summary>Most different items of a basket: 2 or more, 500 unless set. Larger ones, of robots or resellers, are left out: they cost the square of their size and say next to nothing.</summary>
    public int MaxBasketItems { get; set; } = 500;

    /// <summary>Whether all that a customer has above zero counts as one, and the rest not at all, when items are scored. True unless set.</summary>
    public bool BinaryProfile { get; set; } = true;

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(SessionGap >= TimeSpan.Zero, nameof(SessionGap), SessionGap, "zero or above");
        Require(MinSupport >= 1, nameof(MinSupport), MinSupport, "1 or more");
        Require(MinConfidence is >= 0 and <= 1, nameof(MinConfidence), MinConfidence, "from 0 to 1");
        Require(double.IsFinite(MinLift) && MinLift >= 0, nameof(MinLift), MinLift, "0 or above and finite");
        Require(Enum.IsDefined(Measure), nameof(Measure), Measure, "Confidence, Lift, Cosine, Jaccard or Count");
        Require(Neighbours is >= 1 and <= 1_000_000, nameof(Neighbours), Neighbours, "from 1 to 1,000,000");
        Require(DistanceDecay is > 0 and <= 1, nameof(DistanceDecay), DistanceDecay, "above 0 and at most 1");
        Require(HalfLife is null or { Ticks: > 0 }, nameof(HalfLife), HalfLife, "above zero, or null for no decay");
        Require(MaxBasketItems >= 2, nameof(MaxBasketItems), MaxBasketItems, "2 or more");
        Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These options of co-occurrence are out of range: {string.Join("; ", faults)}.");
        }

        void Require(bool holds, string name, object? value, string allowed)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {allowed}, but is {value}"));
            }
        }
    }

    internal CoOccurrenceOptions Copy() => (CoOccurrenceOptions)MemberwiseClone();
}
