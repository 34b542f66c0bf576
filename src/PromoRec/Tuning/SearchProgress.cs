namespace PromoRec.Tuning;

/// <summary>How far a search has come.</summary>
/// <param name="Done">Evaluations so far.</param>
/// <param name="Planned">Evaluations in all, if the time suffices.</param>
/// <param name="Last">The latest one.</param>
/// <param name="Best">The best one of the highest rung so far; null where all have failed.</param>
public sealed record SearchProgress(int Done, int Planned, ScoredTrial Last, ScoredTrial? Best);
