using System.Numerics;

namespace PromoRec.Ranking.Reranking;

/// <content>Meets the minima of quotas: a place goes to the best offer after which all minima can still be met within the limits.</content>
/// <remarks>
/// Whether they can is a search over sets of offers, exact as long as it is short: it takes the first quota that lacks places and tries its
/// offers in turn. With limits over several categories the question is as hard as packing sets, so a request looks at so many offers and
/// no more; where that runs out, places go to offers that a quota lacks, best first.
/// </remarks>
internal ref partial struct RerankSelection
{
    // So many searches may run out of looks before the request does.
    private const int LongSearches = 10;

    /// <summary>The entries of the pool that are of a quota of which a minimum is wanted.</summary>
    private readonly Span<int> FindMembers(RerankScratch scratch)
    {
        uint wanted = 0;
        for (int quota = 0; quota < _call.Wanted.Length; quota++)
        {
            wanted |= _call.Wanted[quota] > 0 ? 1u << quota : 0;
        }

        if (wanted == 0)
        {
            return [];
        }

        Span<int> members = scratch.Members(_pool);
        int count = 0;
        for (int entry = 0; entry < _pool; entry++)
        {
            if ((_facets.QuotasOf(_entries[entry].Row) & wanted) != 0)
            {
                members[count++] = entry;
            }
        }

        return members[..count];
    }

    /// <summary>Finds the minima that the pool can meet. Where not all can be met, the earlier quota goes first.</summary>
    /// <returns>Whether these are all that is wanted.</returns>
    private bool LowerMinima()
    {
        bool met = true;
        for (int quota = 0; quota < _minima.Length; quota++)
        {
            int wanted = _call.Wanted[quota];
            _minima[quota] = wanted == 0 ? 0 : Math.Min(wanted, MostThatFit(quota));
            CountMissing();
            while (_minima[quota] > 0 && !CanMeetMinima(_call.Places))
            {
                _minima[quota]--;
                CountMissing();
            }

            met &= _minima[quota] == wanted;
        }

        return met;
    }

    /// <summary>A number of places that the offers of a quota cannot exceed: each is counted in the first of its categories, and in the first of its brands.</summary>
    private readonly int MostThatFit(int quota)
    {
        int byCategory = 0;
        int byBrand = 0;
        foreach (int entry in _members)
        {
            int row = _entries[entry].Row;
            if ((_facets.QuotasOf(row) & (1u << quota)) == 0)
            {
                continue;
            }

            ReadOnlySpan<int> facets = _facets.Of(row);
            int brand = 0;
            while (brand < facets.Length && facets[brand] < _facets.Categories)
            {
                brand++;
            }

            byCategory += CountsIn(brand > 0 ? facets[0] : -1, _options.MaxPerCategory);
            byBrand += CountsIn(brand < facets.Length && facets[brand] < _facets.Groups ? facets[brand] : -1, _options.MaxPerBrand);
        }

        _facetCounts.Clear();
        return Math.Min(byCategory, byBrand);
    }

    private readonly int CountsIn(int facet, int most) => facet < 0 || most == 0 || ++_facetCounts[facet] <= most ? 1 : 0;

    private int BestForMinima(int left, int first)
    {
        int best = BestThatCompletes(left, first);
        if (best >= 0)
        {
            return best;
        }

        // The search ran out of looks. Something that a quota lacks is never wrong.
        foreach (int entry in _members)
        {
            if (_states[entry] == Free && (_facets.QuotasOf(_entries[entry].Row) & _open) != 0 && FitsLimits(_entries[entry].Row) && (best < 0 || Compare(entry) > Compare(best)))
            {
                best = entry;
            }
        }

        return best < 0 ? first : best;
    }

    /// <summary>The best entry after which all minima can still be met, or -1.</summary>
    /// <param name="left">How many places are to fill.</param>
    /// <param name="first">The best entry, which needs no search; -1 to look for those of merchants who lack places.</param>
    private int BestThatCompletes(int left, int first)
    {
        _stamp++;
        bool starved = first < 0;
        int best = !starved && MayComplete(_entries[first].Row, left) ? first : BestCompleting(left, starved);
        while (best >= 0 && !Completes(best, left))
        {
            // Finding the next one looks at the whole pool again.
            _looksLeft = Math.Max(0, _looksLeft - _pool);
            if (_looksLeft == 0)
            {
                return -1;
            }

            _tried[best] = _stamp;
            best = BestCompleting(left, starved);
        }

        return best;
    }

    /// <summary>Whether counting leaves room for the minima when an offer gets a place: no offer meets more quotas at once than the one that meets most.</summary>
    private readonly bool MayComplete(int row, int left) => _missing == 0 || LeastPlaces(_missing - BitOperations.PopCount(_facets.QuotasOf(row) & _open)) <= left - 1;

    private readonly int LeastPlaces(int missing) => missing == 0 ? 0 : (missing + _facets.MostQuotasOfOffer - 1) / _facets.MostQuotasOfOffer;

    /// <summary>Whether all minima can still be met when an entry gets a place.</summary>
    private bool Completes(int entry, int left)
    {
        if (_missing == 0)
        {
            return true;
        }

        byte state = _states[entry];
        int row = _entries[entry].Row;
        _states[entry] = Taken;
        Put(row);
        bool completes = CanMeetMinima(left - 1);
        Remove(row);
        _states[entry] = state;
        return completes;
    }

    private bool CanMeetMinima(int places)
    {
        int allowed = Math.Min(_looksLeft, Math.Max(1, _options.MostLooks / LongSearches));
        _looksOfSearch = allowed;
        bool can = Search(places, -1, 0);
        _looksLeft -= allowed - _looksOfSearch;
        return can;
    }

    /// <param name="places">How many places are left.</param>
    /// <param name="last">The quota for which the place before was taken, or -1.</param>
    /// <param name="start">Where to go on for that quota: sets have no order, so each is tried in one order only.</param>
    private bool Search(int places, int last, int start)
    {
        if (_missing == 0)
        {
            return true;
        }

        if (LeastPlaces(_missing) > places)
        {
            return false;
        }

        int quota = BitOperations.TrailingZeroCount(_open);
        for (int member = quota == last ? start : 0; member < _members.Length; member++)
        {
            if (_looksOfSearch == 0)
            {
                return false;
            }

            _looksOfSearch--;
            int entry = _members[member];
            int row = _entries[entry].Row;
            if (_states[entry] != Free || (_facets.QuotasOf(row) & (1u << quota)) == 0 || !FitsLimits(row))
            {
                continue;
            }

            _states[entry] = Taken;
            Put(row);
            bool found = Search(places - 1, quota, member + 1);
            Remove(row);
            _states[entry] = Free;
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    private void Put(int row) => Count(row, 1);

    private void Remove(int row) => Count(row, -1);

    private void Count(int row, int change)
    {
        foreach (int facet in _facets.Of(row))
        {
            if (facet >= _facets.Groups)
            {
                break;
            }

            _facetCounts[facet] += change;
        }

        for (uint mask = _facets.QuotasOf(row); mask != 0; mask &= mask - 1)
        {
            _quotaCounts[BitOperations.TrailingZeroCount(mask)] += change;
        }

        CountMissing();
    }

    private void CountMissing()
    {
        _missing = 0;
        _open = 0;
        for (int quota = 0; quota < _minima.Length; quota++)
        {
            int lacking = _minima[quota] - _quotaCounts[quota];
            if (lacking > 0)
            {
                _missing += lacking;
                _open |= 1u << quota;
            }
        }
    }
}
