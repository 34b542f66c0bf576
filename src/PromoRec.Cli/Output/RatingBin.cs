namespace PromoRec.Cli.Output;

/// <summary>Ratings whose predictions are near each other: how many there are, their mean prediction and their mean rating.</summary>
internal sealed record RatingBin(int Ratings, double Predicted, double True);
