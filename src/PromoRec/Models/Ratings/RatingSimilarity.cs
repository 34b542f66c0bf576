namespace PromoRec.Models.Ratings;

/// <summary>How alike two customers or items are, by the n ratings that both have.</summary>
public enum RatingSimilarity
{
    /// <summary>1 / (1 + the mean squared difference of their ratings).</summary>
    MeanSquaredDifference,

    /// <summary>The cosine of their ratings.</summary>
    Cosine,

    /// <summary>Pearson's correlation of their ratings, around the means of those that both have.</summary>
    Pearson,

    /// <summary>
    /// Pearson's correlation of their ratings around the baseline estimates, times (n − 1) / (n − 1 + shrinkage). Source: Koren, ACM TKDD 4(1), 2010, section 2.2.
    /// </summary>
    PearsonBaseline,
}
