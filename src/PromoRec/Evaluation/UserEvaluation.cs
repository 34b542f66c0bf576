namespace PromoRec.Evaluation;

/// <summary>How well one test customer was served.</summary>
/// <param name="User">The customer.</param>
/// <param name="IsKnown">Whether the model knew the customer; otherwise the ranking was by popularity.</param>
/// <param name="Relevant">Number of relevant items or offers.</param>
/// <param name="Values">
/// The metrics, in the order of <see cref="EvaluationResult.Metrics"/>; NaN where a customer has no value: coverage, AUC where nothing is
/// irrelevant, novelty of an empty ranking.
/// </param>
public sealed record UserEvaluation(UserId User, bool IsKnown, int Relevant, IReadOnlyList<double> Values);
