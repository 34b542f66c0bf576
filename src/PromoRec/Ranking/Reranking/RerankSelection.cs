using PromoRec.Numerics;

namespace PromoRec.Ranking.Reranking;

/// <summary>Fills the places of one request from one pool, the first place first. Lies in the scratch of the request.</summary>
internal ref partial struct RerankSelection
{
    private const byte Free = 0;
    private const byte Taken = 1;

    // A limit forbids it, and will not cease to.
    private const byte Forbidden = 2;

    // Forbidden, and it would have had a place otherwise.
    private const byte HeldBack = 3;

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

    // The entries of the pool that count for some minimum, in order.
    private readonly Span<int> _members;
    private readonly Span<int> _facetCounts;
    private readonly Span<int> _quotaCounts;
    private readonly Span<int> _minima;
    private readonly Span<int> _merchantCounts;
    private readonly Span<int> _merchantSeen;
    private int _heldBack;
    private int _stamp;

    // The sum of what quotas lack, and a bit for each that lacks something.
    private int _missing;
    private uint _open;

    // How many offers the searches for minima may still look at: for this request, and in the search that runs.
    private int _looksLeft;
    private int _looksOfSearch;

    public RerankSelection(Reranker reranker, in RerankCall call, ReadOnlySpan<ScoredRow> candidates, int pool, ReadOnlySpan<float> popularity, RerankScratch scratch)
    {
        _options = reranker.Options;
        _facets = reranker.Facets;
        _maxima = reranker.Maxima;
        (_maxPerCategory, _maxPerBrand) = (_options.MaxPerCategory, _options.MaxPerBrand);
        _call = call;
        Span<ScoredRow> entries = scratch.Entries(candidates.Length);
        _pool = FindBest(candidates, entries[..Math.Min(pool, candidates.Length)]);
        _entries = entries[..(_pool + AddNew(candidates, entries))];
        _utility = scratch.Utility(_pool);
        _likeness = scratch.Likeness(_pool);
        _states = scratch.States(_entries.Length);
        _tried = scratch.Tried(_pool);
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

        return new RerankOutcome(count, _heldBack, isEnough);
    }

    private bool TryFill(int place, out RerankPick pick)
    {
        int left = _call.Places - place;
        int first = Best(left, starved: false, completing: false);
        HoldBack(first);
        if (first < 0)
        {
            pick = default;
            return false;
        }

        int chosen = _missing == 0 ? first : BestForMinima(left, first);
        RankPlacement placement = chosen == first ? RankPlacement.Score : RankPlacement.Quota;
        if (_call.FloorTarget > 0 && FloorIsDue(left) && BestThatCompletes(left, starved: true) is >= 0 and int starved && starved != chosen)
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

    private static int FindBest(ReadOnlySpan<ScoredRow> candidates, Span<ScoredRow> pool)
    {
        var best = new TopK(pool);
        foreach (ScoredRow candidate in candidates)
        {
            best.Add(candidate.Row, candidate.Score);
        }

        return best.Finish();
    }

    /// <summary>Puts the new offers that the pool lacks behind it, and returns how many those are.</summary>
    private readonly int AddNew(ReadOnlySpan<ScoredRow> candidates, Span<ScoredRow> entries)
    {
        int count = 0;
        if (_call.NewRows.IsEmpty || _pool == candidates.Length)
        {
            return 0;
        }

        ScoredRow last = entries[_pool - 1];
        foreach (ScoredRow candidate in candidates)
        {
            if (last.IsBefore(candidate) && IsNew(candidate.Row))
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

    /// <summary>What an entry is worth for the next place.</summary>
    private readonly double Value(int entry) => ((1 - _options.Diversity) * _utility[entry]) - (_options.Diversity * _likeness[entry]);

    /// <summary>The best entry that no limit forbids, or -1. Among equals the one with the better score comes first.</summary>
    /// <param name="left">How many places are to fill.</param>
    /// <param name="starved">Whether only merchants count that lack places, the one that lacks most first.</param>
    /// <param name="completing">Whether only entries count after which all minima can still be met, as far as counting tells.</param>
    private int Best(int left, bool starved, bool completing)
    {
        int best = -1;
        double bestLack = 0;
        double bestValue = 0;
        for (int entry = 0; entry < _pool; entry++)
        {
            if (_states[entry] != Free)
            {
                continue;
            }

            int row = _entries[entry].Row;
            if (!FitsLimits(row))
            {
                _states[entry] = Forbidden;
                continue;
            }

            double lack = starved ? LackOf(row) : 0;
            if ((starved && lack < LeastLack) || (completing && (_tried[entry] == _stamp || !MayComplete(row, left))))
            {
                continue;
            }

            double value = Value(entry);
            if (best < 0 || lack > bestLack || (lack == bestLack && value > bestValue))
            {
                (best, bestLack, bestValue) = (entry, lack, value);
            }
        }

        return best;
    }

    /// <summary>Whether another offer like this one may have a place. What does not fit once never fits again.</summary>
    private readonly bool FitsLimits(int row)
    {
        for (uint mask = _facets.QuotasOf(row); mask != 0; mask &= mask - 1)
        {
            int quota = System.Numerics.BitOperations.TrailingZeroCount(mask);
            if (_maxima[quota] > 0 && _quotaCounts[quota] >= _maxima[quota])
            {
                return false;
            }
        }

        if (_maxPerCategory == 0 && _maxPerBrand == 0)
        {
            return true;
        }

        foreach (int facet in _facets.Of(row))
        {
            if (facet >= _facets.Groups)
            {
                return true;
            }

            int most = facet < _facets.Categories ? _maxPerCategory : _maxPerBrand;
            if (most > 0 && _facetCounts[facet] >= most)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts what would have come before the best that fits, but for a limit.</summary>
    private void HoldBack(int best)
    {
        double value = best < 0 ? 0 : Value(best);
        for (int entry = 0; entry < _pool; entry++)
        {
            if (_states[entry] == Forbidden && (best < 0 || Value(entry) > value || (Value(entry) == value && entry < best)))
            {
                _states[entry] = HeldBack;
                _heldBack++;
            }
        }
    }

    private void Take(int entry)
    {
        int row = _entries[entry].Row;
        _states[entry] = Taken;
        Put(row);
        if (_call.FloorTarget > 0 && _facets.MerchantOf(row) is >= 0 and int merchant)
        {
            _merchantCounts[merchant]++;
        }

        for (int other = 0; _options.Diversity > 0 && other < _pool; other++)
        {
            if (_states[other] is Free or Forbidden)
            {
                _likeness[other] = Math.Max(_likeness[other], _facets.Likeness(row, _entries[other].Row));
            }
        }
    }
}
