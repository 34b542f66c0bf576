namespace PromoRec.Cli.Output;

/// <summary>What carries the score of one example.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Label">Its label.</param>
/// <param name="Score">The score: intercept, contributions and rest.</param>
/// <param name="Probability">The probability, where the model gives one.</param>
/// <param name="Intercept">What every example gets.</param>
/// <param name="Contributions">What features add, with their sign, the largest first.</param>
/// <param name="Rest">What all other features add.</param>
internal sealed record ScoreEntry(long Line, double Label, double Score, double? Probability, double Intercept, IReadOnlyList<ContributionEntry> Contributions, double Rest);
