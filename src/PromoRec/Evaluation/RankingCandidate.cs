namespace PromoRec.Evaluation;

/// <summary>One of several rankings that are compared.</summary>
/// <param name="Name">What it is called in the comparison; different from all others.</param>
/// <param name="Result">How it did for the customers of the test.</param>
public sealed record RankingCandidate(string Name, EvaluationResult Result);
