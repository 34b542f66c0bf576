namespace PromoRec.Models.Knn;

/// <summary>How alike two rows of values are.</summary>
/// <remarks>Cosine, dot product and Jaccard look at all values of both rows; a value that is not there is zero. Pearson and adjusted cosine look at what both have.</remarks>
public enum KnnSimilarity
{
    /// <summary>x·y / (|x| |y|).</summary>
    Cosine = 0,

    /// <summary>x·y.</summary>
    DotProduct = 1,

    /// <summary>How many both have, of all that one of them has; values do not matter.</summary>
    Jaccard = 2,

    /// <summary>The correlation of the values that both have. For ratings.</summary>
    Pearson = 3,

    /// <summary>The cosine of the values that both have, from each of which the mean of the column is taken: for items, the mean of the customer. For ratings. Source: Sarwar et al., WWW 2001.</summary>
    AdjustedCosine = 4,
}
