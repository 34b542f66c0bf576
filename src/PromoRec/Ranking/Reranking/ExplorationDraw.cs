namespace PromoRec.Ranking.Reranking;

/// <summary>Draws that depend on nothing but a seed, a customer, a period and a place: they can be repeated, and each is as good as random.</summary>
/// <param name="customer">The hash of seed, customer and period.</param>
internal readonly struct ExplorationDraw(ulong customer)
{
    private const double Unit = 1.0 / (1UL << 53);

    /// <summary>The draws of a customer in the period of an instant.</summary>
    public static ExplorationDraw Of(ulong seed, UserId user, long nowTicks, TimeSpan period)
    {
        ulong bucket = (ulong)(nowTicks / period.Ticks);
        Span<char> scratch = stackalloc char[IdValue.MaxNumberLength];
        UInt128 hash = StableHash.Of(user.Value.AsText(scratch), StableHash.Mix(seed + StableHash.Mix(bucket + 1)));
        return new ExplorationDraw((ulong)hash ^ (ulong)(hash >> 64));
    }

    /// <summary>The hash by which an offer takes part in draws.</summary>
    public static ulong HashOf(OfferId offer)
    {
        Span<char> scratch = stackalloc char[IdValue.MaxNumberLength];
        return (ulong)StableHash.Of(offer.Value.AsText(scratch));
    }

    /// <summary>A number from 0 up to, not including, 1, evenly spread over customers, periods and places.</summary>
    public double OfPlace(int place) => (StableHash.Mix(customer + StableHash.Mix((ulong)place + 1)) >> 11) * Unit;

    /// <summary>An offer's lot for a place: of any offers, the one with the largest gets it, each equally likely.</summary>
    /// <remarks>Rendezvous hashing: an offer that comes or goes changes nothing between the others. Source: Thaler and Ravishankar, IEEE/ACM Transactions on Networking 6(1), 1998.</remarks>
    public ulong OfOffer(int place, ulong offer) => StableHash.Mix(offer ^ StableHash.Mix(customer ^ StableHash.Mix(~(ulong)place)));
}
