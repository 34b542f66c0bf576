namespace PromoRec.Models.Knn;

/// <summary>What becomes of values before rows are compared.</summary>
public enum KnnWeighting
{
    /// <summary>They stay as they are.</summary>
    None = 0,

    /// <summary>Every value that is above zero is one, all others are left out.</summary>
    Binary = 1,

    /// <summary>√v · ln(N / (1 + n)) for a customer who has n of the N items: who has everything says nothing. As in implicit 0.7.</summary>
    TfIdf = 2,

    /// <summary>The same with the saturation of BM25: v (K₁ + 1) / (K₁ (1 − B + B l) + v), where l is the length of the item's row over the mean. Source: Robertson et al., TREC-3, 1994; as in implicit 0.7.</summary>
    Bm25 = 3,
}
