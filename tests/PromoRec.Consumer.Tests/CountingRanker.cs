namespace PromoRec.Consumer.Tests;

/// <summary>Counts the calls of another ranker.</summary>
internal sealed class CountingRanker(IOfferRanker inner) : IOfferRanker
{
    public int Calls { get; private set; }

    public RankedOffers Rank(UserId userId, RankRequest? request = null)
    {
        Calls++;
        return inner.Rank(userId, request);
    }

    public RankSummary Rank(UserId userId, Span<RankedOffer> destination, RankRequest? request = null)
    {
        Calls++;
        return inner.Rank(userId, destination, request);
    }

    public OfferExplanation Explain(UserId userId, OfferId offerId, RankRequest? request = null)
    {
        Calls++;
        return inner.Explain(userId, offerId, request);
    }
}
