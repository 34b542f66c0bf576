using PromoRec.Candidates;
using PromoRec.Diagnostics;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Customer, candidates, scores, exclusions, the best in total order, and reasons for those.</summary>
/// <param name="live">The model and catalog in use.</param>
/// <param name="candidates">Names the offers to consider.</param>
/// <param name="scorers">The first that knows enough of the customer answers.</param>
/// <param name="directory">Who is in which segment; null when nobody is known to be in any.</param>
/// <param name="time">Says what is valid now.</param>
internal sealed class OfferRanker(LiveModel live, ICandidateSource candidates, IOfferScorer[] scorers, ICustomerDirectory? directory, TimeProvider time) : IOfferRanker
{
    /// <summary>All offers, by affinity, else by popularity, else by id.</summary>
    public OfferRanker(LiveModel live, ICustomerDirectory? directory, TimeProvider time)
        : this(live, new WholeCatalog(), [new AffinityScorer(), new PopularityScorer(), new RulesScorer()], directory, time)
    {
    }

    public RankedOffers Rank(UserId userId, RankRequest? request = null)
    {
        request ??= RankRequest.Default;

        // One state for the length of the list and for what fills it: the catalog may grow in between.
        RankingState state = live.State;
        var offers = new RankedOffer[Math.Min(request.Count, state.Catalog.Count)];
        RankSummary summary = Measure(state, userId, offers, request);
        return new RankedOffers(summary.Count == offers.Length ? offers : offers[..summary.Count], summary);
    }

    public RankSummary Rank(UserId userId, Span<RankedOffer> destination, RankRequest? request = null) =>
        Measure(live.State, userId, destination, request ?? RankRequest.Default);

    private RankSummary Measure(RankingState state, UserId userId, Span<RankedOffer> destination, RankRequest request)
    {
        if (userId.IsEmpty)
        {
            throw new ArgumentException("The customer's id is empty. Rank for a customer who has one.", nameof(userId));
        }

        using RankMeasurement measurement = RankMeasurement.Start(time);
        RankScratch scratch = RankScratch.Take();
        try
        {
            RankSummary summary = Rank(state, userId, destination, request, scratch);
            measurement.Complete(summary);
            return summary;
        }
        finally
        {
            scratch.Return();
        }
    }

    private RankSummary Rank(RankingState state, UserId userId, Span<RankedOffer> destination, RankRequest request, RankScratch scratch)
    {
        CompiledCatalog catalog = state.Catalog;
        long now = time.GetUtcNow().UtcTicks;
        CustomerView customer = CustomerView.Of(userId, state, live.Activity);

        Span<int> rows = scratch.Rows(catalog.Count);
        rows = rows[..candidates.Collect(catalog, customer.Vector, rows)];
        Span<float> scores = scratch.Scores(rows.Length);
        RankTier tier = Score(state.Affinities, customer.Vector, rows, scores);

        Span<Consumption> consumed = ConsumptionMarks.Find(state, customer, scratch);
        var filter = new OfferFilter(catalog, userId, request, now, directory, consumed, scratch.Segments(catalog.SegmentNames.Length));
        Span<ScoredRow> buffer = scratch.Best(Math.Min(destination.Length, rows.Length));
        var best = new TopK(buffer);
        for (int i = 0; i < rows.Length; i++)
        {
            if (filter.Admits(rows[i]))
            {
                // A score that is no number would leave a place empty that an offer could take.
                best.Add(rows[i], float.IsFinite(scores[i]) ? scores[i] : 0);
            }
        }

        int count = best.Finish();
        Write(state, customer, tier, buffer[..count], destination, request.WithReasons, now, scratch);

        // The factors may lie in a mapped file, which must not go away while spans over it are in use.
        GC.KeepAlive(state);
        return new RankSummary(count, tier, state.ModelVersion, filter.Counts);
    }

    private RankTier Score(OfferAffinities offers, ReadOnlySpan<float> customer, ReadOnlySpan<int> rows, Span<float> scores)
    {
        foreach (IOfferScorer scorer in scorers)
        {
            if (scorer.TryScore(offers, customer, rows, scores))
            {
                return scorer.Tier;
            }
        }

        scores.Clear();
        return RankTier.Rules;
    }

    private static void Write(RankingState state, in CustomerView customer, RankTier tier, ReadOnlySpan<ScoredRow> best, Span<RankedOffer> destination, bool withReasons, long now, RankScratch scratch)
    {
        PastItems past = withReasons && tier == RankTier.Als ? customer.PastItems(scratch) : default;
        for (int place = 0; place < best.Length; place++)
        {
            (int row, float score) = best[place];
            RankReasons reasons = withReasons ? ReasonFinder.Find(state, tier, past, row, score, now) : default;
            destination[place] = new RankedOffer(state.Catalog.Offers[row], score, reasons);
        }
    }
}
