namespace PromoRec.Tuning;

/// <summary>A trial and what came of it.</summary>
/// <param name="Trial">What was tried.</param>
/// <param name="Score">Its score; null where the objective gave no finite number, which counts as failed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ScoredTrial(SearchTrial Trial, double? Score, TimeSpan Elapsed);
