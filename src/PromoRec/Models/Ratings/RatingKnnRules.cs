namespace PromoRec.Models.Ratings;

/// <summary>How neighbours make a prediction.</summary>
/// <param name="Centering">What is taken from their ratings.</param>
/// <param name="ItemBased">Whether items are compared, and not customers.</param>
/// <param name="Neighbours">Most neighbours.</param>
/// <param name="MinNeighbours">Fewest neighbours.</param>
internal sealed record RatingKnnRules(RatingCentering Centering, bool ItemBased, int Neighbours, int MinNeighbours);
