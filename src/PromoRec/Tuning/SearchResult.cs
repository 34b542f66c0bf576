namespace PromoRec.Tuning;

/// <summary>What a search found.</summary>
/// <param name="Best">The best evaluation of the highest rung that was reached; scores of different rungs are not compared. Null where all have failed.</param>
/// <param name="Evaluations">All evaluations, in their order.</param>
/// <param name="Rungs">Number of rungs that were planned.</param>
/// <param name="RanOutOfTime">Whether the time limit kept something from being tried.</param>
public sealed record SearchResult(ScoredTrial? Best, IReadOnlyList<ScoredTrial> Evaluations, int Rungs, bool RanOutOfTime);
