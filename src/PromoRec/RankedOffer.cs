namespace PromoRec;

/// <summary>One offer of a ranking.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Score">Predicted interest; comparable inside one ranking, larger is better, finite. The order is that of <see cref="ExpectedValue"/> where <see cref="RankSummary.RankedBy"/> says so.</param>
/// <param name="Reasons">Why it stands here, strongest first.</param>
public readonly record struct RankedOffer(Offer Offer, float Score, RankReasons Reasons)
{
    /// <summary>The probability, 0 to 1, that the customer takes the offer, as far as the data tell from which it was learnt; null where the model gives none.</summary>
    public float? Probability { get; init; }

    /// <summary>
    /// What it brings on average to show the offer, in the shop's currency: <see cref="Probability"/> · <see cref="Offer.Margin"/> - <see cref="Offer.Cost"/>, where a margin or cost that is not set counts as 0;
    /// null where the probability is. It is as good as the probability: see <see cref="RankBy.ExpectedValue"/>.
    /// </summary>
    public float? ExpectedValue => Probability is { } probability ? Offer.ExpectedValueAt(probability) : null;

    /// <summary>The members of a hybrid that named it; none where a single model answered.</summary>
    public RankSources Sources { get; init; }

    /// <summary>Why the re-ranking gave it this place; its score, where nothing else did.</summary>
    public RankPlacement Placement { get; init; }

    /// <summary>
    /// The probability, above 0 and up to 1, with which the draws of exploration give it this place, given the places before; null where the
    /// ranking explores nothing. Weigh what is learnt from the place by its inverse, and exploration does not distort it.
    /// </summary>
    public float? Propensity { get; init; }
}
