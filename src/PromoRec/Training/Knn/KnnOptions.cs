using PromoRec.Models.Knn;

namespace PromoRec.Training.Knn;

/// <summary>How neighbours are found, and how they score.</summary>
public sealed class KnnOptions
{
    /// <summary>Most neighbours of a row: 1 to 1,000,000, 20 unless set.</summary>
    public int Neighbours { get; set; } = 20;

    /// <summary>How alike two rows are: their cosine unless set.</summary>
    public KnnSimilarity Similarity { get; set; } = KnnSimilarity.Cosine;

    /// <summary>What becomes of values before rows are compared: nothing unless set.</summary>
    public KnnWeighting Weighting { get; set; } = KnnWeighting.None;

    /// <summary>Saturation K₁ of BM25: 0 or above, 1.2 unless set.</summary>
    public double Bm25Saturation { get; set; } = 1.2;

    /// <summary>How much the length of a row matters to BM25, B: 0 to 1, 0.75 unless set.</summary>
    public double Bm25LengthWeight { get; set; } = 0.75;

    /// <summary>Similarities that rest on n common values are multiplied by n / (n + shrinkage): 0 or above, 0 unless set. Source: Bell and Koren, ICDM 2007.</summary>
    public double Shrinkage { get; set; }

    /// <summary>Fewest common values of neighbours: 1 or more, 1 unless set.</summary>
    public int MinOverlap { get; set; } = 1;

    /// <summary>Whether a row may be its own neighbour, so that what a customer has speaks for itself. False unless set.</summary>
    public bool IncludeSelf { get; set; }

    /// <summary>Whether every neighbour of a row weighs its similarity over the sum of all of them. False unless set.</summary>
    public bool NormalizeWeights { get; set; }

    /// <summary>Whether all that a customer has above zero counts as one, and the rest not at all, when items are scored. False unless set.</summary>
    public bool BinaryProfile { get; set; }

    /// <summary>Threads to use: 1 or more, or 0 for one a processor. The model does not depend on it. 0 unless set.</summary>
    public int Threads { get; set; }

    /// <summary>Throws when an option is out of range, naming every one that is.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        OptionFaults faults = new();
        faults.Require(Neighbours is >= 1 and <= 1_000_000, nameof(Neighbours), Neighbours, "from 1 to 1,000,000");
        faults.Require(Enum.IsDefined(Similarity), nameof(Similarity), Similarity, "Cosine, DotProduct, Jaccard, Pearson or AdjustedCosine");
        faults.Require(Enum.IsDefined(Weighting), nameof(Weighting), Weighting, "None, Binary, TfIdf or Bm25");
        faults.Require(
            Weighting == KnnWeighting.None || Similarity is not (KnnSimilarity.Jaccard or KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine),
            nameof(Weighting),
            Weighting,
            $"None with {Similarity}, which looks at no weights");
        faults.Require(double.IsFinite(Bm25Saturation) && Bm25Saturation >= 0, nameof(Bm25Saturation), Bm25Saturation, "0 or above and finite");
        faults.Require(Bm25LengthWeight is >= 0 and <= 1, nameof(Bm25LengthWeight), Bm25LengthWeight, "from 0 to 1");
        faults.Require(double.IsFinite(Shrinkage) && Shrinkage >= 0, nameof(Shrinkage), Shrinkage, "0 or above and finite");
        faults.Require(MinOverlap >= 1, nameof(MinOverlap), MinOverlap, "1 or more");
        faults.Require(Threads >= 0, nameof(Threads), Threads, "0 or above");
        faults.ThrowIfAny("nearest neighbours");
    }

    internal KnnRules ToRules() => new(Similarity, Weighting, Bm25Saturation, Bm25LengthWeight, Shrinkage, MinOverlap);

    internal KnnOptions Copy() => (KnnOptions)MemberwiseClone();
}
