namespace PromoRec.Numerics;

/// <summary>A row that may be among the best.</summary>
/// <param name="Row">The row.</param>
/// <param name="Order">Its place among equals.</param>
/// <param name="Least">What its score is not below, to the precision of a float.</param>
/// <param name="Most">What its score does not exceed.</param>
internal readonly record struct PossibleRow(int Row, int Order, float Least, float Most);
