namespace PromoRec.Ranking.Reranking;

/// <content>Gives merchants and new offers their shares.</content>
internal ref partial struct RerankSelection
{
    /// <summary>How many places the merchant of an offer lacks.</summary>
    private readonly double LackOf(int row) => _facets.MerchantOf(row) is >= 0 and int merchant ? _call.FloorTarget - _merchantCounts[merchant] : 0;

    /// <summary>Whether the places that are left are no more than merchants lack, as far as they have offers.</summary>
    private bool FloorIsDue(int left)
    {
        double most = 0;
        foreach (int count in _merchantCounts)
        {
            most += Math.Max(0, Math.Ceiling(_call.FloorTarget - count - LeastLack));
        }

        if (most < left)
        {
            return false;
        }

        _merchantSeen.Clear();
        int due = 0;
        foreach (int entry in Live())
        {
            int row = _entries[entry].Row;
            double lack = LackOf(row);
            if (lack >= LeastLack && _merchantSeen[_facets.MerchantOf(row)]++ < Math.Ceiling(lack - LeastLack) && ++due == left)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Draws whether a place is explored, and by which offer.</summary>
    /// <param name="place">The place, from 0.</param>
    /// <param name="left">How many places are to fill.</param>
    /// <param name="chosen">The entry that gets the place otherwise; the one that was drawn.</param>
    /// <param name="propensity">How likely the draws made what came of it.</param>
    /// <returns>Whether the place is explored.</returns>
    private bool Explore(int place, int left, ref int chosen, out float? propensity)
    {
        int drawn = -1;
        int eligible = 0;
        bool chosenIsEligible = false;
        ulong largest = 0;
        int live = 0;
        foreach (int entry in _newEntries[.._newCount])
        {
            int row = _entries[entry].Row;
            if (_states[entry] != Free || !FitsLimits(row))
            {
                continue;
            }

            _newEntries[live++] = entry;
            if (!MayComplete(row, left) || !Completes(entry, left))
            {
                continue;
            }

            eligible++;
            chosenIsEligible |= entry == chosen;
            ulong lot = _call.Draw.OfOffer(place, _facets.LotOf(row));
            if (drawn < 0 || lot > largest)
            {
                (drawn, largest) = (entry, lot);
            }
        }

        _newCount = live;
        double share = eligible == 0 ? 0 : _options.ExplorationShare;
        bool explores = _call.Draw.OfPlace(place) < share;
        bool mayBeDrawn = explores || chosenIsEligible;
        bool isBest = !explores || drawn == chosen;
        propensity = (float)((mayBeDrawn ? share / eligible : 0) + (isBest ? 1 - share : 0));
        chosen = explores ? drawn : chosen;
        return explores;
    }

    /// <summary>Takes back the count of places that are not served, since a larger pool begins anew.</summary>
    private readonly void GiveBack(ReadOnlySpan<RerankPick> picks)
    {
        foreach (RerankPick pick in picks)
        {
            if (_call.FloorTarget > 0 && _facets.MerchantOf(pick.Row) is >= 0 and int merchant)
            {
                _merchantCounts[merchant]--;
            }
        }
    }
}
