using PromoRec.Models.Ratings;

namespace PromoRec.Training.Ratings;

/// <summary>How ratings are predicted from nearest neighbours.</summary>
public sealed class RatingKnnOptions
{
    /// <summary>Whether items are compared, and not customers. False unless set.</summary>
    public bool ItemBased { get; set; }

    /// <summary>What is taken from ratings before they are averaged: nothing unless set.</summary>
    public RatingCentering Centering { get; set; } = RatingCentering.None;

    /// <summary>How alike two rows are: by the mean squared difference of their ratings unless set.</summary>
    public RatingSimilarity Similarity { get; set; } = RatingSimilarity.MeanSquaredDifference;

    /// <summary>Most neighbours of a prediction: 1 to 1,000,000, 40 unless set.</summary>
    public int Neighbours { get; set; } = 40;

    /// <summary>Fewest neighbours of a prediction, which does without any when there are fewer: 1 or more, 1 unless set.</summary>
    public int MinNeighbours { get; set; } = 1;

    /// <summary>Fewest common ratings of two rows that are alike: 1 or more, 1 unless set.</summary>
    public int MinSupport { get; set; } = 1;

    /// <summary>Similarities by <see cref="RatingSimilarity.PearsonBaseline"/> that rest on n common ratings are multiplied by (n − 1) / (n − 1 + shrinkage): 0 or above, 100 unless set.</summary>
    public double Shrinkage { get; set; } = 100;

    /// <summary>Most similarities of a row that are kept, the largest, each of 8 bytes: 1 to 1,000,000, 2,000 unless set.</summary>
    public int SimilaritiesPerRow { get; set; } = 2_000;

    /// <summary>How baseline estimates are fitted, where they are used; by <see cref="Threads"/> of these options.</summary>
    public BaselineOptions Baseline { get; set; } = new();

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(Enum.IsDefined(Centering), nameof(Centering), Centering, "None, Mean or Baseline");
        faults.Require(Enum.IsDefined(Similarity), nameof(Similarity), Similarity, "MeanSquaredDifference, Cosine, Pearson or PearsonBaseline");
        faults.Require(Neighbours is >= 1 and <= 1_000_000, nameof(Neighbours), Neighbours, "from 1 to 1,000,000");
        faults.Require(MinNeighbours >= 1, nameof(MinNeighbours), MinNeighbours, "1 or more");
        faults.Require(MinSupport >= 1, nameof(MinSupport), MinSupport, "1 or more");
        faults.Require(double.IsFinite(Shrinkage) && Shrinkage >= 0, nameof(Shrinkage), Shrinkage, "0 or above and finite");
        faults.Require(SimilaritiesPerRow is >= 1 and <= 1_000_000, nameof(SimilaritiesPerRow), SimilaritiesPerRow, "from 1 to 1,000,000");
        faults.Require(Baseline is not null, nameof(Baseline), Baseline, "set");
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        Baseline?.AddFaults(faults);
        faults.ThrowIfAny("nearest neighbours of ratings");
    }

    internal RatingKnnRules ToRules() =>
        new(Centering, Similarity, ItemBased, Neighbours, MinNeighbours, MinSupport, Shrinkage, SimilaritiesPerRow, Baseline.FoldInRegularization);

    /// <summary>The options that decide the model, by name.</summary>
    internal SortedDictionary<string, string> ToText()
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["item-based"] = TrainedManifest.Text(ItemBased),
            ["centering"] = RatingWords.Centerings.Of(Centering),
            ["similarity"] = RatingWords.Similarities.Of(Similarity),
            ["neighbours"] = TrainedManifest.Text(Neighbours),
            ["min-neighbours"] = TrainedManifest.Text(MinNeighbours),
            ["min-support"] = TrainedManifest.Text(MinSupport),
            ["similarities-per-row"] = TrainedManifest.Text(SimilaritiesPerRow),
        };
        if (Similarity == RatingSimilarity.PearsonBaseline)
        {
            values["shrinkage"] = TrainedManifest.Text(Shrinkage);
        }

        if (ToRules().UsesBaselines)
        {
            Baseline.AddTo(values, "baseline-");
        }

        return values;
    }

    internal RatingKnnOptions Copy()
    {
        var copy = (RatingKnnOptions)MemberwiseClone();
        copy.Baseline = Baseline?.Copy()!;
        return copy;
    }
}
