namespace PromoRec.Evaluation;

/// <summary>How far predicted ratings are from true ones.</summary>
/// <param name="Count">Ratings that were predicted.</param>
/// <param name="RootMeanSquaredError">Square root of the mean of (predicted - true)², in the units of the ratings.</param>
/// <param name="MeanAbsoluteError">Mean of |predicted - true|, in the units of the ratings.</param>
/// <param name="UnknownUsers">Customers of the test whom the model does not know.</param>
/// <param name="RatingsOfUnknownItems">Ratings of the test of items that the model does not know.</param>
public sealed record RatingErrors(int Count, double RootMeanSquaredError, double MeanAbsoluteError, int UnknownUsers, int RatingsOfUnknownItems);
