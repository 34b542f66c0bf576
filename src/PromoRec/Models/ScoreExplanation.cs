namespace PromoRec.Models;

/// <summary>A score as the sum of where it starts and what each past interaction adds to it.</summary>
/// <param name="Score">The score that the customer's interactions give exactly; the sum of all contributions and <see cref="Start"/>.</param>
/// <param name="Contributions">Every past interaction that adds something, the largest first.</param>
/// <remarks>
/// Source: Hu, Koren and Volinsky, ICDM 2008, section 5. The score is that of the exactly solved customer vector: it differs slightly from
/// the model's where training ended with conjugate gradient steps, or where the items moved last.
/// </remarks>
public sealed record ScoreExplanation(double Score, IReadOnlyList<ScoreContribution> Contributions)
{
    /// <summary>What the score is without any of the contributions: 0, but where ratings are predicted what the model knows beside them, such as a mean.</summary>
    public double Start { get; init; }
}
