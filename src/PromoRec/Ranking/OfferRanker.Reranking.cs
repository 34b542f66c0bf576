using PromoRec.Numerics;
using PromoRec.Ranking.Reranking;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <content>The same two ways to rank where more than the score decides about places.</content>
internal sealed partial class OfferRanker
{
    private static RerankOutcome RerankByOne(
        RankingState state,
        Reranker reranker,
        OfferScorer scorer,
        ReadOnlySpan<float> scores,
        RankMoment moment,
        ref OfferFilter filter,
        in ReasonFinder finder,
        Span<RankedOffer> destination,
        RankScratch scratch)
    {
        ReadOnlySpan<int> admitted = filter.AdmitAll(scratch.Rows(state.Catalog.Count));
        RerankScratch reranking = scratch.Reranking;
        RerankCall call = reranker.Prepare(moment.User, moment.NowTicks, destination.Length, admitted, reranking);
        Span<ScoredRow> candidates = reranking.Candidates(admitted.Length);
        for (int i = 0; i < admitted.Length; i++)
        {
            candidates[i] = Finite(admitted[i], scores[admitted[i]]);
        }

        int pool = reranker.FirstPool(call);
        RerankOutcome outcome = reranker.Rerank(call, candidates, areSorted: false, pool, state.Popularity.Values, reranking);
        if (!outcome.IsEnough)
        {
            RerankSelection.Sort(candidates, reranking);
        }

        while (!outcome.IsEnough)
        {
            pool = Reranker.LargerPool(call, pool);
            outcome = reranker.Rerank(call, candidates, areSorted: true, pool, state.Popularity.Values, reranking);
        }

        ReadOnlySpan<RerankPick> picks = reranking.Picks(call.Places)[..outcome.Count];
        for (int place = 0; place < picks.Length; place++)
        {
            (int row, float score, RankPlacement placement, float? propensity) = picks[place];
            destination[place] = new RankedOffer(state.Catalog.Offers[row], score, finder.Find(scorer, row, score)) { Placement = placement, Propensity = propensity };
        }

        return outcome;
    }

    private static RerankOutcome RerankFused(
        RankingState state,
        Reranker reranker,
        uint answered,
        in Circumstances circumstances,
        ReadOnlySpan<int> admitted,
        int choice,
        RankMoment moment,
        in ReasonFinder finder,
        Span<RankedOffer> destination,
        RankScratch scratch)
    {
        RerankScratch reranking = scratch.Reranking;
        RerankCall call = reranker.Prepare(moment.User, moment.NowTicks, destination.Length, admitted, reranking);
        int pool = reranker.FirstPool(call);

        // As many offers are named as without re-ranking, so that the scores are the same; more only where those are not enough.
        FusedCandidates candidates = state.Fusion!.Fuse(answered, state.Catalog.Count, admitted, choice, destination.Length, scratch, circumstances, call.NewRows);
        bool areSorted = state.RankedBy == RankBy.ExpectedValue;
        RerankOutcome outcome = reranker.Rerank(call, Ordered(state, candidates, reranking), areSorted, pool, state.Popularity.Values, reranking);
        while (!outcome.IsEnough)
        {
            pool = Reranker.LargerPool(call, pool);
            candidates = state.Fusion.Fuse(answered, state.Catalog.Count, admitted, choice, pool, scratch, circumstances, call.NewRows);
            outcome = reranker.Rerank(call, Ordered(state, candidates, reranking), areSorted, pool, state.Popularity.Values, reranking);
        }

        ReadOnlySpan<RerankPick> picks = reranking.Picks(call.Places)[..outcome.Count];
        for (int place = 0; place < picks.Length; place++)
        {
            (int row, _, RankPlacement placement, float? propensity) = picks[place];
            destination[place] = Fused(state, candidates, row, finder) with { Placement = placement, Propensity = propensity };
        }

        return outcome;
    }

    /// <summary>The candidates with what they are put in order by: in any order by their scores, and in that order by their expected values.</summary>
    private static ReadOnlySpan<ScoredRow> Ordered(RankingState state, in FusedCandidates candidates, RerankScratch scratch)
    {
        Span<ScoredRow> scored = scratch.Candidates(candidates.Count);
        for (int number = 0; number < scored.Length; number++)
        {
            scored[number] = Finite(candidates.Rows[number], candidates.ScoreOf(number));
        }

        if (state.RankedBy == RankBy.ExpectedValue)
        {
            ExpectedValueOrder.Sort(scored, state, scratch);
        }

        return scored;
    }

    private static ScoredRow Finite(int row, float score) => new(row, float.IsFinite(score) ? score : 0);
}
