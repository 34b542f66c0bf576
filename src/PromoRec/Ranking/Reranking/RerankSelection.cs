using PromoRec.Numerics;

namespace PromoRec.Ranking.Reranking;

/// <summary>Fills the places of one request from one pool, the first place first. Lies in the scratch of the request.</summary>
internal ref partial struct RerankSelection
{
    private const byte Free = 0;
    private const byte Taken = 1;

    // It will not have a place: a limit forbids it, and will not cease to.
    private const byte Lost = 2;

    // In the place of a limit, where none stands against an offer.
    private const int NoLimit = int.MaxValue;

    // From this share of the candidates on, sorting all of them takes less time than choosing the best.
    private const int SortedShare = 4;

    // What a merchant lacks is a share times a count: less than this is a rounding error.
    private const double LeastLack = 1e-9;

    private readonly RerankingOptions _options;
    private readonly OfferFacets _facets;
    private readonly RerankCall _call;
    private readonly int _pool;
    private readonly int[] _maxima;
    private readonly int _maxPerCategory;
    private readonly int _maxPerBrand;

    // The pool in the order of scores, and behind it new offers that it lacks.
    private readonly Span<ScoredRow> _entries;
    private readonly Span<double> _utility;
    private readonly Span<double> _likeness;
    private readonly Span<byte> _states;
    private readonly Span<int> _tried;

    // The offers with places, and to how many of them each entry of the pool was compared: its likeness can only grow, so that it is worked out when it may decide.
    private readonly Span<int> _takenRows;
    private readonly Span<int> _compared;

    // The entries that were not held back as yet, by what they were worth when last looked at, which is never less than what they are worth now: those not
    // known to be over a limit, and those that are. Source: accelerated greedy choice, Minoux, Optimization Techniques (LNCIS 7), 1978.
    private RerankHeap _order;
    private RerankHeap _forbidden;
    private readonly Span<HeldBackOffer> _heldBack;

    // What no limit forbids as far as is known, in order, for what needs to look at all; and the new offers among the entries.
    private readonly Span<int> _live;
    private readonly Span<int> _newEntries;
    private int _liveCount;
    private int _newCount;
    private int _takenCount;

    // The entries of the pool that count for some minimum, in order.
    private readonly Span<int> _members;
    private readonly Span<int> _facetCounts;
    private readonly Span<int> _quotaCounts;
    private readonly Span<int> _minima;
    private readonly Span<int> _merchantCounts;
    private readonly Span<int> _merchantSeen;
    private int _overCategory;
    private int _overBrand;
    private int _overQuota;
    private int _stamp;

    // The sum of what quotas lack, and a bit for each that lacks something.
    private int _missing;
    private uint _open;

    // How many offers the searches for minima may still look at: for this request, and in the search that runs.
    private int _looksLeft;
    private int _looksOfSearch;

    public RerankSelection(Reranker reranker, in RerankCall call, ReadOnlySpan<ScoredRow> candidates, bool areSorted, int pool, ReadOnlySpan<float> popularity, RerankScratch scratch)
    {
        _options = reranker.Options;
        _facets = reranker.Facets;
        _maxima = reranker.Maxima;
        (_maxPerCategory, _maxPerBrand) = (_options.MaxPerCategory, _options.MaxPerBrand);
        _call = call;
        Span<ScoredRow> entries = scratch.Entries(candidates.Length);
        _pool = FindBest(candidates, areSorted, entries[..Math.Min(pool, candidates.Length)], scratch);
        _entries = entries[..(_pool + AddNew(candidates, areSorted, entries))];
        _utility = scratch.Utility(_pool);
        _likeness = scratch.Likeness(_pool);
        _states = scratch.States(_entries.Length);
        _tried = scratch.Tried(_pool);
        _takenRows = scratch.TakenRows(call.Places);
        _compared = scratch.Compared(_pool);
        _heldBack = scratch.HeldBack(_pool);
        _facetCounts = scratch.FacetCounts(_facets.Groups);
        _quotaCounts = scratch.QuotaCounts.AsSpan(0, call.Wanted.Length);
        _quotaCounts.Clear();
        _minima = scratch.Minima.AsSpan(0, call.Wanted.Length);
        _minima.Clear();

        // A larger pool begins anew, but no place was served in between: the counts are those of the request.
        _merchantCounts = call.FloorTarget > 0 ? scratch.MerchantCounts(_facets.Merchants) : [];
        _merchantSeen = call.FloorTarget > 0 ? scratch.MerchantSeen(_facets.Merchants) : [];
        _looksLeft = _options.MostLooks;
        _members = FindMembers(scratch);
        FindUtility(popularity);
        _forbidden = new RerankHeap(scratch.Forbidden(_pool));
        Span<RerankValue> order = scratch.Order(_pool);
        _order = new RerankHeap(order);
        for (int entry = 0; entry < _pool; entry++)
        {
            order[entry] = new RerankValue(Value(entry), entry);
        }

        _order.Fill();
        _live = scratch.Live(_pool);
        _newEntries = scratch.NewEntries(_entries.Length);
        ListEntries();
    }

    public RerankOutcome Fill(Span<RerankPick> picks)
    {
        bool isWhole = _pool >= _call.Admitted;
        bool met = LowerMinima();
        int count = 0;
        if (met || isWhole)
        {
            while (count < _call.Places && TryFill(count, out picks[count]))
            {
                count++;
            }
        }

        bool isEnough = isWhole || (met && count == _call.Places);
        if (!isEnough)
        {
            GiveBack(picks[..count]);
        }

        return new RerankOutcome(count, isEnough) { OverCategoryLimit = _overCategory, OverBrandLimit = _overBrand, OverQuota = _overQuota };
    }

    private bool TryFill(int place, out RerankPick pick)
    {
        int left = _call.Places - place;
        int first = First();
        HoldBack(first);
        if (first < 0)
        {
            pick = default;
            return false;
        }

        int chosen = _missing == 0 ? first : BestForMinima(left, first);
        RankPlacement placement = chosen == first ? RankPlacement.Score : RankPlacement.Quota;
        if (_call.FloorTarget > 0 && FloorIsDue(left) && BestThatCompletes(left, first: -1) is >= 0 and int starved && starved != chosen)
        {
            (chosen, placement) = (starved, RankPlacement.MerchantFloor);
        }

        float? propensity = null;
        if (_options.ExplorationShare > 0 && Explore(place, left, ref chosen, out propensity))
        {
            placement = RankPlacement.Exploration;
        }

        pick = new RerankPick(_entries[chosen].Row, _entries[chosen].Score, placement, propensity);
        Take(chosen);
        return true;
    }

    /// <summary>The best of the candidates in their order, as many as there is room for.</summary>
    private static int FindBest(ReadOnlySpan<ScoredRow> candidates, bool areSorted, Span<ScoredRow> pool, RerankScratch scratch)
    {
        if (areSorted)
        {
            candidates[..pool.Length].CopyTo(pool);
            return pool.Length;
        }

        if (pool.Length * SortedShare < candidates.Length)
        {
            var best = new TopK(pool);
            foreach (ScoredRow candidate in candidates)
            {
                best.Add(candidate.Row, candidate.Score);
            }

            return best.Finish();
        }

        Span<ScoredRow> sorted = scratch.Sorted(candidates.Length);
        candidates.CopyTo(sorted);
        Sort(sorted, scratch);
        sorted[..pool.Length].CopyTo(pool);
        return pool.Length;
    }

    /// <summary>Puts offers in the order of scores.</summary>
    public static void Sort(Span<ScoredRow> candidates, RerankScratch scratch)
    {
        Span<ulong> keys = scratch.Keys(candidates.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyOf(candidates[i].Score, candidates[i].Row);
        }

        keys.Sort(candidates);
    }

    /// <summary>A number that grows with the place: the score, which is finite, from the largest on, then what breaks ties from 0 on.</summary>
    public static ulong KeyOf(float score, int tie)
    {
        // Adding 0 makes one zero of both.
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint falling = (bits & 0x8000_0000) == 0 ? ~bits & 0x7FFF_FFFF : bits;
        return ((ulong)falling << 32) | (uint)tie;
    }

    /// <summary>Puts the new offers that the pool lacks behind it, and returns how many those are.</summary>
    private readonly int AddNew(ReadOnlySpan<ScoredRow> candidates, bool areSorted, Span<ScoredRow> entries)
    {
        int count = 0;
        if (_call.NewRows.IsEmpty || _pool == candidates.Length)
        {
            return 0;
        }

        ScoredRow last = entries[_pool - 1];
        foreach (ScoredRow candidate in areSorted ? candidates[_pool..] : candidates)
        {
            if ((areSorted || last.IsBefore(candidate)) && IsNew(candidate.Row))
            {
                entries[_pool + count++] = candidate;
            }
        }

        return count;
    }

    private readonly bool IsNew(int row) => _facets.StartOf(row) > _call.NewAfter;

    private readonly void FindUtility(ReadOnlySpan<float> popularity)
    {
        var score = default(ValueRange);
        var margin = default(ValueRange);
        var popular = default(ValueRange);
        bool usesMargin = _options.MarginWeight > 0;
        bool usesPopularity = _options.PopularityDamping > 0;
        for (int entry = 0; entry < _pool; entry++)
        {
            score.Add(entry, _entries[entry].Score);
            margin.Add(entry, usesMargin ? _facets.MarginOf(_entries[entry].Row) : 0);
            popular.Add(entry, usesPopularity ? popularity[_entries[entry].Row] : 0);
        }

        for (int entry = 0; entry < _pool; entry++)
        {
            (int row, float own) = _entries[entry];
            double utility = score.Scaled(own);
            if (usesMargin)
            {
                utility = ((1 - _options.MarginWeight) * utility) + (_options.MarginWeight * margin.Scaled(_facets.MarginOf(row)));
            }

            _utility[entry] = usesPopularity ? utility - (_options.PopularityDamping * popular.Scaled(popularity[row])) : utility;
        }
    }

    /// <summary>Notes which entries are to be looked at by what looks at more than the best.</summary>
    private void ListEntries()
    {
        for (int entry = 0; entry < _pool && (_call.FloorTarget > 0 || !_members.IsEmpty); entry++)
        {
            _live[_liveCount++] = entry;
        }

        for (int entry = 0; entry < _entries.Length && !_call.NewRows.IsEmpty; entry++)
        {
            if (IsNew(_entries[entry].Row))
            {
                _newEntries[_newCount++] = entry;
            }
        }
    }

    /// <summary>What an entry is worth for the next place, as far as it was compared to the offers above; never less than what it is worth.</summary>
    private readonly double Value(int entry) => ((1 - _options.Diversity) * _utility[entry]) - (_options.Diversity * _likeness[entry]);

    /// <summary>What an entry is worth for the next place.</summary>
    private readonly double Compare(int entry)
    {
        if (_options.Diversity > 0)
        {
            int row = _entries[entry].Row;
            double likeness = _likeness[entry];
            for (int taken = _compared[entry]; taken < _takenCount; taken++)
            {
                likeness = Math.Max(likeness, _facets.Likeness(_takenRows[taken], row));
            }

            _likeness[entry] = likeness;
            _compared[entry] = _takenCount;
        }

        return Value(entry);
    }

    /// <summary>The best entry that no limit forbids, or -1.</summary>
    private int First()
    {
        while (_order.Count > 0)
        {
            (double value, int entry) = _order.First;
            if (_states[entry] == Taken)
            {
                _order.RemoveFirst();
            }
            else if (!FitsLimits(_entries[entry].Row))
            {
                _states[entry] = Lost;
                _order.RemoveFirst();
                _forbidden.Add(new RerankValue(value, entry));
            }
            else if (Compare(entry) is double now && now < value)
            {
                _order.LowerFirst(new RerankValue(now, entry));
            }
            else
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>The best entry that no limit forbids and after which all minima can still be met, as far as counting tells; or -1.</summary>
    /// <param name="left">How many places are to fill.</param>
    /// <param name="starved">Whether only merchants count that lack places, the one that lacks most first.</param>
    private int BestCompleting(int left, bool starved)
    {
        int best = -1;
        double bestLack = 0;
        double bestValue = 0;
        foreach (int entry in Live())
        {
            int row = _entries[entry].Row;
            double lack = starved ? LackOf(row) : 0;
            if ((starved && lack < LeastLack) || _tried[entry] == _stamp || !MayComplete(row, left) || (best >= 0 && (lack < bestLack || (lack == bestLack && Value(entry) <= bestValue))))
            {
                continue;
            }

            double value = Compare(entry);
            if (best < 0 || lack > bestLack || (lack == bestLack && value > bestValue))
            {
                (best, bestLack, bestValue) = (entry, lack, value);
            }
        }

        return best;
    }

    /// <summary>The entries of the pool that may have a place, in order. What may not any more is never looked at again.</summary>
    private ReadOnlySpan<int> Live()
    {
        int count = 0;
        foreach (int entry in _live[.._liveCount])
        {
            if (_states[entry] == Free && FitsLimits(_entries[entry].Row))
            {
                _live[count++] = entry;
            }
        }

        _liveCount = count;
        return _live[..count];
    }

    /// <summary>Whether another offer like this one may have a place. What does not fit once never fits again.</summary>
    private readonly bool FitsLimits(int row) => ReachedLimit(row) == NoLimit;

    /// <summary>The first limit that another offer like this one would exceed: the number of a category or brand, the complement of the number of a quota, or <see cref="NoLimit"/>.</summary>
    private readonly int ReachedLimit(int row)
    {
        if (_maxPerCategory > 0 || _maxPerBrand > 0)
        {
            foreach (int facet in _facets.Of(row))
            {
                if (facet >= _facets.Groups)
                {
                    break;
                }

                int most = facet < _facets.Categories ? _maxPerCategory : _maxPerBrand;
                if (most > 0 && _facetCounts[facet] >= most)
                {
                    return facet;
                }
            }
        }

        for (uint mask = _facets.QuotasOf(row); mask != 0; mask &= mask - 1)
        {
            int quota = System.Numerics.BitOperations.TrailingZeroCount(mask);
            if (_maxima[quota] > 0 && _quotaCounts[quota] >= _maxima[quota])
            {
                return ~quota;
            }
        }

        return NoLimit;
    }

    /// <summary>Counts what would have come before the best that fits, but for a limit.</summary>
    private void HoldBack(int best)
    {
        if (best < 0)
        {
            // Then all of them would have, whatever their order.
            foreach (RerankValue one in _forbidden.All)
            {
                HoldBackEntry(one.Entry);
            }

            _forbidden.Clear();
            return;
        }

        var bound = new RerankValue(Value(best), best);
        while (_forbidden.Count > 0 && _forbidden.First.IsBefore(bound))
        {
            (double value, int entry) = _forbidden.First;
            if (Compare(entry) is double now && now < value)
            {
                _forbidden.LowerFirst(new RerankValue(now, entry));
                continue;
            }

            _forbidden.RemoveFirst();
            HoldBackEntry(entry);
        }
    }

    private void HoldBackEntry(int entry)
    {
        int row = _entries[entry].Row;
        int limit = ReachedLimit(row);
        _heldBack[_overCategory + _overBrand + _overQuota] = new HeldBackOffer(row, limit);
        if (limit < 0)
        {
            _overQuota++;
        }
        else if (limit < _facets.Categories)
        {
            _overCategory++;
        }
        else
        {
            _overBrand++;
        }
    }

    private void Take(int entry)
    {
        int row = _entries[entry].Row;
        _states[entry] = Taken;
        _takenRows[_takenCount++] = row;
        Put(row);
        if (_call.FloorTarget > 0 && _facets.MerchantOf(row) is >= 0 and int merchant)
        {
            _merchantCounts[merchant]++;
        }
    }
}
