namespace PromoRec.Models.Knn;

/// <summary>Compares one row after another with all rows of a matrix. One thread at a time.</summary>
internal interface ISimilarities
{
    /// <summary>Compares a row.</summary>
    /// <param name="columns">Its columns, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The rows that may be like it, in no particular order; valid until the next call.</returns>
    ReadOnlySpan<int> Compare(ReadOnlySpan<int> columns, ReadOnlySpan<float> values);

    /// <summary>How like the row another is; 0 or less for one that is not.</summary>
    float With(int other);
}
