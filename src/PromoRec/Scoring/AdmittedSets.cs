using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The sets with an offer that may be shown; equals of them in the order of the first such offer of each.</summary>
/// <param name="sets">The sets.</param>
/// <param name="admitted">The rows of the offers that may be shown, ascending.</param>
internal readonly ref struct AdmittedSets(OfferSets sets, ReadOnlySpan<int> admitted) : IRowChoice
{
    private readonly ReadOnlySpan<int> _admitted = admitted;
    private readonly int _missing = sets.SetOf.Length - admitted.Length;

    public int OrderOf(int query, int row)
    {
        if (sets.AreOffers)
        {
            return Has(row) ? row : -1;
        }

        foreach (int offer in sets.OffersOf(row))
        {
            if (Has(offer))
            {
                return offer;
            }
        }

        return -1;
    }

    /// <summary>Whether an offer may be shown. Where few are missing, it is not far from its place in the list of all.</summary>
    public bool Has(int offer)
    {
        int first = Math.Max(0, offer - _missing);
        int length = Math.Min(_admitted.Length, offer + 1) - first;
        return length > 0 && _admitted.Slice(first, length).BinarySearch(offer) >= 0;
    }
}
