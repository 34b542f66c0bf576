namespace PromoRec.Evaluation;

/// <summary>Scores all items for several customers at once. One thread at a time.</summary>
internal abstract class BlockScorer
{
    /// <summary>Writes customers × items scores, row by row.</summary>
    /// <param name="userRows">Rows of the customers; -1 for one whom the model does not know, who gets popularity.</param>
    /// <param name="scores">As long as customers × items.</param>
    public abstract void Score(ReadOnlySpan<int> userRows, Span<float> scores);
}
