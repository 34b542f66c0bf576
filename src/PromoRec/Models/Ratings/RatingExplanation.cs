namespace PromoRec.Models.Ratings;

/// <summary>A predicted rating as the sum of where it starts and what each past rating adds to it.</summary>
/// <param name="Prediction">The prediction: the sum of the other two, kept to the scale of the ratings.</param>
/// <param name="Start">What the model would predict without the contributions: a mean, a baseline, or 0 where it predicts a weighted mean of them.</param>
/// <param name="Contributions">Every rating of the customer that the prediction rests on, by its item, the largest contribution first; in the units of the ratings.</param>
public sealed record RatingExplanation(double Prediction, double Start, IReadOnlyList<ScoreContribution> Contributions);
