namespace PromoRec.Evaluation;

/// <summary>How far an evaluation has come.</summary>
/// <param name="Users">Customers ranked so far.</param>
/// <param name="Total">Customers in all.</param>
public readonly record struct EvaluationProgress(int Users, int Total);
