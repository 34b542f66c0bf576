namespace PromoRec.Scoring;

/// <summary>What models and the shop know of one offer for one customer. What is null is not known, and says nothing.</summary>
internal readonly record struct OfferSignals
{
    /// <summary>
    /// How the offer stands in the list of each model, by that model's name in <see cref="OfferFeatures.Affinities"/>: the share of the request's other candidates
    /// that it is ahead of, from 0 to 1. Shares, because the scores of models have no unit in common.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Affinities { get; init; }

    /// <summary>What the offer's items usually cost before the offer, above 0.</summary>
    public decimal? UsualPrice { get; init; }

    /// <summary>What the customer usually pays for such items, above 0.</summary>
    public decimal? CustomerPrice { get; init; }

    /// <summary>How long ago the customer last did something with the offer's items, 0 or above.</summary>
    public TimeSpan? SinceTarget { get; init; }

    /// <summary>How long ago the customer last did anything, 0 or above.</summary>
    public TimeSpan? SinceAnything { get; init; }
}
