namespace PromoRec.Profiles;

/// <summary>In which fifth of all buyers a customer stands, from 1, the lowest, to 5, the best: bought last, most often, most.</summary>
/// <param name="Recency">1 to 5; 5 for those who bought last.</param>
/// <param name="Frequency">1 to 5; 5 for those who bought most often.</param>
/// <param name="Monetary">1 to 5; 5 for those who spent most.</param>
/// <remarks>
/// Of n buyers, b with a smaller value and e with an equal one (the customer among them), the quintile is 1 + ⌊5 (b + e/2) / n⌋: equal
/// values always have equal quintiles, and where all values are equal everybody stands in the third.
/// </remarks>
public readonly record struct RfmQuintiles(int Recency, int Frequency, int Monetary);
