namespace PromoRec.Models;

/// <summary>A score as the sum of what each past interaction adds to it.</summary>
/// <param name="Score">The score that the customer's interactions give exactly; the sum of all contributions.</param>
/// <param name="Contributions">Every past interaction that adds something, the largest first.</param>
/// <remarks>
/// Source: Hu, Koren and Volinsky, ICDM 2008, section 5. The score is that of the exactly solved customer vector: it differs slightly from
/// the model's where training ended with conjugate gradient steps, or where the items moved last.
/// </remarks>
public sealed record ScoreExplanation(double Score, IReadOnlyList<ScoreContribution> Contributions);
