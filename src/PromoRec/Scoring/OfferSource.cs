namespace PromoRec.Scoring;

/// <summary>One of the scorers whose scores become one, with its part in it.</summary>
/// <param name="Name">What it is called in answers.</param>
/// <param name="Scorer">The scorer.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="Quota">How many offers it may name.</param>
internal sealed record OfferSource(string Name, OfferScorer Scorer, float Weight, int Quota);
