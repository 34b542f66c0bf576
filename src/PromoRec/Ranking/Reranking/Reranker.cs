using PromoRec.Candidates;
using PromoRec.Numerics;

namespace PromoRec.Ranking.Reranking;

/// <summary>Decides about places by more than the score, over the offers of one catalog. Any number of threads may use it, and it allocates nothing for a request.</summary>
internal sealed class Reranker
{
    // A pool that was too small grows by this factor: few attempts, and the last is not far larger than needed.
    private const int Growth = 4;

    private readonly MerchantExposure? _exposure;

    private Reranker(RerankingOptions options, CompiledCatalog catalog, MerchantExposure? exposure)
    {
        Options = options;
        _exposure = exposure;
        Facets = OfferFacets.Compile(options, catalog, exposure);
        Maxima = [.. options.Quotas.Select(quota => quota.Maximum)];
    }

    public RerankingOptions Options { get; }

    public OfferFacets Facets { get; }

    /// <summary>The most places of each quota; 0 for no limit.</summary>
    public int[] Maxima { get; }

    /// <param name="options">What decides beside the score; not changed from here on.</param>
    /// <param name="catalog">The offers.</param>
    /// <param name="exposure">Who had the last places; null where no floor is set.</param>
    /// <returns>Null where nothing but the score decides.</returns>
    public static Reranker? Compile(RerankingOptions options, CompiledCatalog catalog, MerchantExposure? exposure) =>
        options.ChangesNothing ? null : new Reranker(options, catalog, exposure);

    /// <summary>Looks at what may be shown.</summary>
    /// <param name="user">The customer.</param>
    /// <param name="nowTicks">The instant of the request in UTC.</param>
    /// <param name="places">How many places there are.</param>
    /// <param name="admitted">The rows of the offers that may be shown.</param>
    /// <param name="scratch">Takes what is found.</param>
    public RerankCall Prepare(UserId user, long nowTicks, int places, ReadOnlySpan<int> admitted, RerankScratch scratch)
    {
        places = Math.Min(places, admitted.Length);
        bool explores = Options.ExplorationShare > 0;
        long newAfter = nowTicks - Options.ExplorationAge.Ticks;
        return new RerankCall
        {
            Places = places,
            Admitted = admitted.Length,
            Wanted = Wanted(places, admitted, scratch),
            NewRows = explores ? NewOf(admitted, newAfter, scratch) : [],
            NewAfter = newAfter,
            Draw = explores ? ExplorationDraw.Of(Options.ExplorationSeed, user, nowTicks, Options.ExplorationPeriod) : default,
            FloorTarget = _exposure is null ? 0 : Options.MerchantFloor * _exposure.Foresee(places, scratch.MerchantCounts(Facets.Merchants)),
        };
    }

    /// <summary>How many of the best offers to look at first.</summary>
    public int FirstPool(in RerankCall call) => Math.Min(call.Admitted, Math.Max(Options.PoolSize, call.Places));

    /// <summary>How many to look at when that was not enough.</summary>
    public static int LargerPool(in RerankCall call, int pool) => Math.Min(call.Admitted, pool * Growth);

    /// <summary>Fills the places from the best offers.</summary>
    /// <param name="call">The request.</param>
    /// <param name="candidates">Offers with their scores.</param>
    /// <param name="areSorted">Whether they stand in the order of scores; in any order otherwise.</param>
    /// <param name="pool">How many of the best to look at.</param>
    /// <param name="popularity">The popularity of every offer of the catalog.</param>
    /// <param name="scratch">Takes the places.</param>
    public RerankOutcome Rerank(in RerankCall call, ReadOnlySpan<ScoredRow> candidates, bool areSorted, int pool, ReadOnlySpan<float> popularity, RerankScratch scratch)
    {
        var selection = new RerankSelection(this, call, candidates, areSorted, pool, popularity, scratch);
        return selection.Fill(scratch.Picks(call.Places));
    }

    /// <summary>Counts what is about to be shown. Nothing else changes what later requests see, so a ranking that nobody is shown is not served.</summary>
    /// <param name="count">How many places of the last answer were filled.</param>
    /// <param name="scratch">Holds them.</param>
    public void Serve(int count, RerankScratch scratch)
    {
        if (_exposure is null)
        {
            return;
        }

        ReadOnlySpan<RerankPick> picks = scratch.Picks(count);
        Span<int> merchants = scratch.Served(picks.Length);
        for (int place = 0; place < picks.Length; place++)
        {
            merchants[place] = Facets.MerchantOf(picks[place].Row);
        }

        _exposure.Record(merchants);
    }

    /// <summary>Whether a limit held an offer back in the last answer, and which. Allocates.</summary>
    /// <param name="row">The offer.</param>
    /// <param name="count">How many offers limits held back.</param>
    /// <param name="scratch">Holds them.</param>
    /// <param name="exclusion">The sort of limit; none where none did.</param>
    /// <param name="limit">The limit; null where none did.</param>
    public void FindHeldBack(int row, int count, RerankScratch scratch, out OfferExclusion exclusion, out RerankLimit? limit)
    {
        (exclusion, limit) = (OfferExclusion.None, null);
        foreach (HeldBackOffer heldBack in scratch.HeldBack(count))
        {
            if (heldBack.Row == row)
            {
                (exclusion, limit) = Describe(heldBack.Limit);
            }
        }
    }

    private (OfferExclusion Exclusion, RerankLimit Limit) Describe(int limit)
    {
        if (limit < 0)
        {
            SlotQuota quota = Options.Quotas[~limit];
            return (OfferExclusion.OverQuota, new RerankLimit { Name = quota.Sort, Most = quota.Maximum, Quota = ~limit });
        }

        return limit < Facets.Categories
            ? (OfferExclusion.OverCategoryLimit, new RerankLimit { Name = Facets.NameOf(limit), Most = Options.MaxPerCategory })
            : (OfferExclusion.OverBrandLimit, new RerankLimit { Name = Facets.NameOf(limit), Most = Options.MaxPerBrand });
    }

    private ReadOnlySpan<int> Wanted(int places, ReadOnlySpan<int> admitted, RerankScratch scratch)
    {
        Span<int> wanted = scratch.Wanted.AsSpan(0, Options.Quotas.Count);
        wanted.Clear();
        uint unmet = 0;
        for (int quota = 0; quota < wanted.Length; quota++)
        {
            unmet |= Options.Quotas[quota].Minimum > 0 && places > 0 ? 1u << quota : 0;
        }

        for (int i = 0; i < admitted.Length && unmet != 0; i++)
        {
            for (uint mask = Facets.QuotasOf(admitted[i]) & unmet; mask != 0; mask &= mask - 1)
            {
                int quota = System.Numerics.BitOperations.TrailingZeroCount(mask);
                if (++wanted[quota] == Math.Min(places, Options.Quotas[quota].Minimum))
                {
                    unmet &= ~(1u << quota);
                }
            }
        }

        return wanted;
    }

    private ReadOnlySpan<int> NewOf(ReadOnlySpan<int> admitted, long newAfter, RerankScratch scratch)
    {
        Span<int> rows = scratch.NewRows(admitted.Length);
        int count = 0;
        foreach (int row in admitted)
        {
            if (Facets.StartOf(row) > newAfter)
            {
                rows[count++] = row;
            }
        }

        return rows[..count];
    }
}
