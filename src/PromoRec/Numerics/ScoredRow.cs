namespace PromoRec.Numerics;

/// <summary>A row and its score.</summary>
internal readonly record struct ScoredRow(int Row, float Score)
{
    /// <summary>Whether this one comes first in the order that holds everywhere: score descending, then row ascending.</summary>
    public bool IsBefore(ScoredRow other) => Score > other.Score || (Score == other.Score && Row < other.Row);
}
