namespace PromoRec;

/// <summary>By what offers are put in order.</summary>
public enum RankBy
{
    /// <summary>By the score: what the customer is most likely to want comes first.</summary>
    Score = 0,

    /// <summary>
    /// By what it brings on average to show the offer: probability · <see cref="Offer.Margin"/> - <see cref="Offer.Cost"/>. Equals stand in the order of their scores. It takes a model that gives
    /// probabilities, which is a stacked hybrid.
    /// </summary>
    ExpectedValue = 1,
}
