namespace PromoRec.Training.Knn;

/// <summary>Compares one row after another with all others. One thread at a time.</summary>
internal interface ISimilarities
{
    /// <summary>Compares a row.</summary>
    /// <returns>The rows that may be like it, itself among them, in no particular order; valid until the next call.</returns>
    ReadOnlySpan<int> Compare(int row);

    /// <summary>How like the row another is; 0 or less for one that is not.</summary>
    float With(int other);
}
