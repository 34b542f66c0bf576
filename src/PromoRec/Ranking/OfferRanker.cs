using PromoRec.Candidates;
using PromoRec.Diagnostics;
using PromoRec.Numerics;
using PromoRec.Ranking.Reranking;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Customer, scores, exclusions, the best in total order, and reasons for those.</summary>
/// <param name="live">The model and catalog in use.</param>
/// <param name="directory">Who is in which segment; null when nobody is known to be in any.</param>
/// <param name="time">Says what is valid now.</param>
internal sealed partial class OfferRanker(LiveModel live, ICustomerDirectory? directory, TimeProvider time) : IOfferRanker
{
    public RankedOffers Rank(UserId userId, RankRequest? request = null)
    {
        request ??= RankRequest.Default;

        // One state for the length of the list and for what fills it: the catalog may grow in between.
        RankingState state = Look(userId, out RankMoment moment);
        var offers = new RankedOffer[Math.Min(request.Count, state.Catalog.Count)];
        RankSummary summary = Measure(state, moment, offers, request);
        return new RankedOffers(summary.Count == offers.Length ? offers : offers[..summary.Count], summary);
    }

    public RankSummary Rank(UserId userId, Span<RankedOffer> destination, RankRequest? request = null) =>
        Measure(Look(userId, out RankMoment moment), moment, destination, request ?? RankRequest.Default);

    public OfferExplanation Explain(UserId userId, OfferId offerId, RankRequest? request = null)
    {
        request ??= RankRequest.Default;
        RankingState state = Look(userId, out RankMoment moment);
        var returned = new RankedOffer[Math.Min(request.Count, state.Catalog.Count)];
        var scratch = new RankScratch();
        RankSummary summary = Rank(state, moment, returned, request, scratch);
        var explainer = new OfferExplainer(state, moment, directory, request);
        OfferExplanation explanation = explainer.Explain(offerId, returned.AsSpan(0, summary.Count), summary, scratch);
        GC.KeepAlive(state);
        return explanation;
    }

    /// <summary>The state in use, and what the customer did since its model was trained.</summary>
    private RankingState Look(UserId userId, out RankMoment moment)
    {
        if (userId.IsEmpty)
        {
            throw new ArgumentException("The customer's id is empty. Rank for a customer who has one.", nameof(userId));
        }

        // Events are folded into the model in use and into one beside it. Where two came into use since the state was read, what is found does not fit it.
        RankingState state;
        do
        {
            state = live.State;
            moment = new RankMoment(userId, live.Activity.Find(userId), time.GetUtcNow().UtcTicks);
        }
        while (!ReferenceEquals(state, live.State));
        return state;
    }

    private RankSummary Measure(RankingState state, RankMoment moment, Span<RankedOffer> destination, RankRequest request)
    {
        using RankMeasurement measurement = RankMeasurement.Start(time);
        RankScratch scratch = RankScratch.Take();
        try
        {
            RankSummary summary = Rank(state, moment, destination, request, scratch);
            state.Reranker?.Serve(summary.Count, scratch.Reranking);
            measurement.Complete(summary);
            return summary;
        }
        finally
        {
            scratch.Return();
        }
    }

    private RankSummary Rank(RankingState state, RankMoment moment, Span<RankedOffer> destination, RankRequest request, RankScratch scratch)
    {
        CompiledCatalog catalog = state.Catalog;
        CustomerView customer = CustomerView.Of(moment.User, state, moment.Activity, directory);
        Span<Consumption> consumed = ConsumptionMarks.Find(state, customer, scratch);
        var filter = new OfferFilter(catalog, moment.User, request, moment.NowTicks, directory, consumed, scratch.Segments(catalog.SegmentNames.Length));
        var finder = new ReasonFinder(state, customer.Known, request.WithReasons, moment.NowTicks, scratch);
        uint answered = state.Fusion?.Score(customer.Known, catalog.Count, scratch) ?? 0;
        RankSummary summary = answered != 0
            ? RankFused(state, answered, state.Fusion!.CircumstancesOf(customer, request.Context, moment.NowTicks, scratch), moment, ref filter, finder, destination, scratch)
            : RankByOne(state, customer.Known, moment, ref filter, finder, destination, scratch);

        // The factors may lie in a mapped file, which must not go away while spans over it are in use.
        GC.KeepAlive(state);
        return summary;
    }

    /// <summary>By the first scorer that knows enough.</summary>
    private static RankSummary RankByOne(RankingState state, in KnownCustomer customer, RankMoment moment, ref OfferFilter filter, in ReasonFinder finder, Span<RankedOffer> destination, RankScratch scratch)
    {
        int offers = state.Catalog.Count;
        Span<float> scores = scratch.Scores(offers);
        if (state.Reranker is { } reranker)
        {
            OfferScorer scored = state.Rungs[0].Scorer;
            for (int rung = 1; !scored.TryScore(customer, scratch.Scoring, scores); rung++)
            {
                scored = state.Rungs[rung].Scorer;
            }

            RerankOutcome reranked = RerankByOne(state, reranker, scored, scores, moment, ref filter, finder, destination, scratch);
            return new RankSummary(reranked.Count, scored.Tier, state.ModelVersion, reranked.AddTo(filter.Counts)) { TierReason = WhyOf(state, scored) };
        }

        ReadOnlySpan<int> admitted = filter.AdmitAll(scratch.Rows(offers));
        Span<ScoredRow> buffer = scratch.Best(Math.Min(destination.Length, offers));
        OfferScorer scorer = state.Rungs[0].Scorer;
        int count;
        for (int rung = 1; !scorer.TryFindBest(customer, scratch.Scoring, admitted, scores, buffer, out count); rung++)
        {
            scorer = state.Rungs[rung].Scorer;
        }

        for (int place = 0; place < count; place++)
        {
            (int row, float score) = buffer[place];
            destination[place] = new RankedOffer(state.Catalog.Offers[row], score, finder.Find(scorer, row, score));
        }

        return new RankSummary(count, scorer.Tier, state.ModelVersion, filter.Counts) { TierReason = WhyOf(state, scorer) };
    }

    private static RankTierReason WhyOf(RankingState state, OfferScorer scorer) =>
        state.Model is null ? RankTierReason.NoModel
        : scorer != state.Rungs[0].Scorer || state.Fusion is not null ? RankTierReason.NothingKnown
        : state.HigherDidNotWin ? RankTierReason.HigherDidNotWin
        : RankTierReason.Highest;

    /// <summary>By what several sources say together.</summary>
    private static RankSummary RankFused(
        RankingState state,
        uint answered,
        in Circumstances circumstances,
        RankMoment moment,
        ref OfferFilter filter,
        in ReasonFinder finder,
        Span<RankedOffer> destination,
        RankScratch scratch)
    {
        int offers = state.Catalog.Count;
        ReadOnlySpan<int> admitted = filter.AdmitAll(scratch.Rows(offers));
        bool isPersonal = state.Fusion!.IsPersonal(answered);
        RankTier tier = isPersonal ? RankTier.Hybrid : RankTier.Popularity;
        RankTierReason why = isPersonal ? RankTierReason.Highest : RankTierReason.NothingKnown;
        if (state.Reranker is { } reranker)
        {
            RerankOutcome reranked = RerankFused(state, reranker, answered, circumstances, admitted, filter.Choice, moment, finder, destination, scratch);
            return new RankSummary(reranked.Count, tier, state.ModelVersion, reranked.AddTo(filter.Counts)) { TierReason = why, RankedBy = state.RankedBy };
        }

        FusedCandidates candidates = state.Fusion.Fuse(answered, offers, admitted, filter.Choice, destination.Length, scratch, circumstances);
        ReadOnlySpan<ScoredRow> best = Best(state, candidates, Math.Min(destination.Length, candidates.Count), scratch);
        for (int place = 0; place < best.Length; place++)
        {
            destination[place] = Fused(state, candidates, best[place].Row, finder);
        }

        return new RankSummary(best.Length, tier, state.ModelVersion, filter.Counts) { TierReason = why, RankedBy = state.RankedBy };
    }

    /// <summary>The first candidates in the order that is asked for.</summary>
    private static ReadOnlySpan<ScoredRow> Best(RankingState state, in FusedCandidates candidates, int count, RankScratch scratch)
    {
        if (state.RankedBy == RankBy.ExpectedValue)
        {
            return Ordered(state, candidates, scratch.Reranking)[..count];
        }

        Span<ScoredRow> buffer = scratch.Best(count);
        var best = new TopK(buffer);
        for (int number = 0; number < candidates.Count; number++)
        {
            best.Add(candidates.Rows[number], SourceStandings.Finite(candidates.ScoreOf(number)));
        }

        return buffer[..best.Finish()];
    }

    private static RankedOffer Fused(RankingState state, in FusedCandidates candidates, int row, in ReasonFinder finder)
    {
        int number = candidates.NumberOf(row);
        float score = SourceStandings.Finite(candidates.ScoreOf(number));
        return new RankedOffer(state.Catalog.Offers[row], score, finder.Find(state.Fusion!, candidates.TermsOf(number), row, candidates.SignalOf(row)))
        {
            Sources = candidates.SourcesOf(number),
            Probability = state.Fusion!.Stack?.ProbabilityOf(score),
        };
    }
}
