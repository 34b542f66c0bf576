namespace PromoRec.Tuning;

/// <summary>What members say about the candidates of one customer, and which of those the customer took later.</summary>
/// <param name="Terms">Candidates × members: what each adds to the score with weight 1.</param>
/// <param name="Relevant">Whether each candidate was taken.</param>
/// <param name="Taken">How many items were taken in all, among the candidates or not.</param>
internal sealed record FusionCase(float[] Terms, bool[] Relevant, int Taken);
