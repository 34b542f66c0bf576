namespace PromoRec;

/// <summary>Orders the offers that a customer may be shown, best first.</summary>
/// <remarks>
/// Any number of threads may call it. It answers from memory and never waits: a new model or catalog is taken up between calls, never
/// during one. Order: score descending, then offer id ascending (ordinal). A customer never seen before gets the popular offers.
/// </remarks>
public interface IOfferRanker
{
    /// <summary>Returns the best offers in a new list: <see cref="RankRequest.Count"/> of them, or fewer only when no more are left.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="request">What to leave out and how many to return; the defaults unless given.</param>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is empty.</exception>
    RankedOffers Rank(UserId userId, RankRequest? request = null);

    /// <summary>Fills <paramref name="destination"/> with the best offers and allocates nothing.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="destination">Takes the offers; its length, not <see cref="RankRequest.Count"/>, says how many are wanted.</param>
    /// <param name="request">What to leave out; the defaults unless given.</param>
    /// <returns>How many offers were written, and what was left out and why.</returns>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is empty.</exception>
    RankSummary Rank(UserId userId, Span<RankedOffer> destination, RankRequest? request = null);

    /// <summary>Says which stage of a ranking decided about one offer, and by how much: for an offer that <see cref="Rank(UserId, RankRequest?)"/> returns for the same request, and for one that it does not.</summary>
    /// <remarks>
    /// For support and for looking into a ranking: it ranks once more, allocates, and is no ranking in the metrics. <see cref="RankRequest.Where"/> runs twice for each offer that
    /// nothing else left out. What it says holds for the model, the catalog and the events of the moment of the call.
    /// </remarks>
    /// <param name="userId">The customer; one never seen before is explained like any other.</param>
    /// <param name="offerId">The offer; one that is not in the catalog is answered with <see cref="OfferStage.NotInCatalog"/>.</param>
    /// <param name="request">The request to explain; the defaults unless given.</param>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is empty.</exception>
    OfferExplanation Explain(UserId userId, OfferId offerId, RankRequest? request = null);
}
