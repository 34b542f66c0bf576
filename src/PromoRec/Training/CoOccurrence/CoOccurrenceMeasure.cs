namespace PromoRec.Training.CoOccurrence;

/// <summary>What an item adds to the score of another. nᵢ is the weight of the baskets with i, nᵢⱼ of those with both, and N of all.</summary>
public enum CoOccurrenceMeasure
{
    /// <summary>nᵢⱼ / nᵢ: the share of the baskets with the item that have the other too.</summary>
    Confidence = 0,

    /// <summary>nᵢⱼ N / (nᵢ nⱼ): how much more often than by chance; large for rare items, so ask for more support.</summary>
    Lift = 1,

    /// <summary>nᵢⱼ / √(nᵢ nⱼ): between the two.</summary>
    Cosine = 2,

    /// <summary>nᵢⱼ / (nᵢ + nⱼ - nᵢⱼ): of the baskets with one of them those with both.</summary>
    Jaccard = 3,

    /// <summary>nᵢⱼ itself, as in plain co-visitation.</summary>
    Count = 4,
}
