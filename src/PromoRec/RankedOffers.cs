using System.Collections;

namespace PromoRec;

/// <summary>A ranking: the offers, best first, and what it rests on.</summary>
public sealed class RankedOffers : IReadOnlyList<RankedOffer>
{
    private readonly RankedOffer[] _offers;

    internal RankedOffers(RankedOffer[] offers, RankSummary summary)
    {
        _offers = offers;
        Summary = summary;
    }

    /// <summary>Which tier and model answered, and how many offers were left out and why.</summary>
    public RankSummary Summary { get; }

    /// <summary>Number of offers.</summary>
    public int Count => _offers.Length;

    /// <summary>An offer by its place, from 0.</summary>
    public RankedOffer this[int index] => _offers[index];

    /// <inheritdoc/>
    public IEnumerator<RankedOffer> GetEnumerator() => ((IEnumerable<RankedOffer>)_offers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
