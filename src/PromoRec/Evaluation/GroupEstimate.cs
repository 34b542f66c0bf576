namespace PromoRec.Evaluation;

/// <summary>A mean over the customers of a group, with its confidence interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Customers">Over how many customers.</param>
/// <param name="IsTooSmall">Whether that is too few to compare the group with others.</param>
public readonly record struct GroupEstimate(double Mean, double Low, double High, int Customers, bool IsTooSmall);
