using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Numerics;
using PromoRec.Scoring;

namespace PromoRec.Ranking;

/// <summary>Takes one request's ranking apart for one offer. What was returned is given; why others were not is found by going through the stages once more. Allocates.</summary>
/// <param name="state">The model and catalog.</param>
/// <param name="moment">Who asked for the ranking, and when.</param>
/// <param name="directory">Who is in which segment; null when nobody is known to be in any.</param>
/// <param name="request">The request.</param>
internal sealed class OfferExplainer(RankingState state, RankMoment moment, ICustomerDirectory? directory, RankRequest request)
{
    private readonly RankScratch _scratch = new();

    /// <param name="offerId">The offer.</param>
    /// <param name="returned">What the request returned.</param>
    /// <param name="summary">What it said of that.</param>
    /// <param name="ranking">The working memory of the request.</param>
    public OfferExplanation Explain(OfferId offerId, ReadOnlySpan<RankedOffer> returned, RankSummary summary, RankScratch ranking)
    {
        CompiledCatalog catalog = state.Catalog;
        float? last = returned.IsEmpty ? null : returned[^1].Score;
        float? lastValue = returned.IsEmpty ? null : returned[^1].ExpectedValue;
        if (!catalog.TryGetRow(offerId, out int row))
        {
            return new OfferExplanation { OfferId = offerId, Stage = OfferStage.NotInCatalog, Summary = summary, LastScore = last, LastExpectedValue = lastValue };
        }

        CustomerView customer = CustomerView.Of(moment.User, state, moment.Activity, directory);
        Span<Consumption> consumed = ConsumptionMarks.Find(state, customer, _scratch);
        var filter = new OfferFilter(catalog, moment.User, request, moment.NowTicks, directory, consumed, _scratch.Segments(catalog.SegmentNames.Length));
        int[] admitted = Admit(ref filter, row, out OfferExclusion exclusion);
        RerankLimit? limit = null;
        if (exclusion == OfferExclusion.None)
        {
            state.Reranker?.FindHeldBack(row, summary.Excluded.OverLimit, ranking.Reranking, out exclusion, out limit);
        }

        uint answered = state.Fusion?.Score(customer.Known, catalog.Count, _scratch) ?? 0;
        var finder = new ReasonFinder(state, customer.Known, wanted: true, moment.NowTicks, _scratch);
        OfferStanding standing = answered != 0 ? StandingByAll(row, admitted, filter.Choice, answered, customer, finder) : StandingByOne(row, admitted, customer, finder);
        var explanation = new OfferExplanation
        {
            OfferId = offerId,
            Offer = catalog.Offers[row],
            Stage = StageOf(exclusion, limit, standing, returned),
            Exclusion = exclusion,
            Limit = limit,
            Summary = summary,
            Place = standing.Place,
            Score = standing.Score,
            LastScore = last,
            LastExpectedValue = lastValue,
            Probability = standing.Score is { } score ? state.Fusion?.Stack is { } stack && answered != 0 ? stack.ProbabilityOf(score) : null : null,
            Sources = standing.Sources,
            Signals = standing.Signals is { } signals ? [.. signals.Contributions.Select(one => new SignalContribution(one.Feature, one.Value, one.Contribution))] : [],
            Intercept = standing.Signals?.Intercept,
            Reasons = standing.Reasons,
            PastItems = standing.Score is null ? [] : PastItemsOf(catalog.Offers[row], standing),
        };
        return Returned(explanation, returned);
    }

    /// <summary>The stage that decided about an offer that was not returned.</summary>
    private OfferStage StageOf(OfferExclusion exclusion, RerankLimit? limit, OfferStanding standing, ReadOnlySpan<RankedOffer> returned)
    {
        if (limit is not null)
        {
            return OfferStage.Reranked;
        }

        if (exclusion != OfferExclusion.None || standing.Place is not { } place)
        {
            return exclusion != OfferExclusion.None ? OfferStage.LeftOut : OfferStage.NotNamed;
        }

        // By score, or expected value, alone it would have had a place, or before one that has: then something else decided.
        bool decidedByScore = place > request.Count;
        foreach (RankedOffer one in returned)
        {
            decidedByScore &= one.ExpectedValue > standing.ExpectedValue || ((standing.ExpectedValue is null || one.ExpectedValue == standing.ExpectedValue) && one.Score >= standing.Score);
        }

        return decidedByScore ? OfferStage.Outscored : OfferStage.Reranked;
    }

    /// <summary>What was returned stands: score and place are those of the ranking itself.</summary>
    private static OfferExplanation Returned(OfferExplanation explanation, ReadOnlySpan<RankedOffer> returned)
    {
        for (int place = 0; place < returned.Length; place++)
        {
            if (returned[place].Offer.Id == explanation.OfferId)
            {
                return explanation with
                {
                    Stage = OfferStage.Returned,
                    Exclusion = OfferExclusion.None,
                    Place = place + 1,
                    Score = returned[place].Score,
                    Probability = returned[place].Probability,
                };
            }
        }

        return explanation;
    }

    /// <summary>The offers that may be shown, and under which count the one in question falls.</summary>
    private int[] Admit(ref OfferFilter filter, int explained, out OfferExclusion exclusion)
    {
        exclusion = OfferExclusion.None;
        List<int> admitted = [];
        for (int row = 0; row < state.Catalog.Count; row++)
        {
            ExclusionCounts before = filter.Counts;
            if (filter.Admits(row))
            {
                admitted.Add(row);
            }
            else if (row == explained)
            {
                exclusion = Difference(before, filter.Counts);
            }
        }

        return [.. admitted];
    }

    private static OfferExclusion Difference(ExclusionCounts before, ExclusionCounts after) =>
        after.NotValidNow != before.NotValidNow ? OfferExclusion.NotValidNow
        : after.NotInSegment != before.NotInSegment ? OfferExclusion.NotInSegment
        : after.NotRequested != before.NotRequested ? OfferExclusion.NotRequested
        : after.Redeemed != before.Redeemed ? OfferExclusion.Redeemed
        : after.Purchased != before.Purchased ? OfferExclusion.Purchased
        : OfferExclusion.NotWhere;

    private static void Sanitize(Span<float> scores)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = SourceStandings.Finite(scores[row]);
        }
    }

    private OfferStanding StandingByOne(int row, int[] admitted, in CustomerView customer, in ReasonFinder finder)
    {
        Span<float> scores = _scratch.Scores(state.Catalog.Count);
        int rung = 0;
        while (!state.Rungs[rung].Scorer.TryScore(customer.Known, _scratch.Scoring, scores))
        {
            rung++;
        }

        Sanitize(scores);
        (OfferScorer scorer, string name, RecommendationModel? model) = state.Rungs[rung];
        bool isAdmitted = admitted.AsSpan().BinarySearch(row) >= 0;
        float score = scores[row];
        int? place = isAdmitted ? SourceStandings.PlaceOf(row, admitted, scores) : null;
        var source = new SourceStanding
        {
            Name = name,
            Tier = scorer.Tier,
            Answered = true,
            Weight = 1,
            Score = score,
            Rank = place,
            Named = isAdmitted,
            Term = isAdmitted ? score : null,
        };
        return new OfferStanding
        {
            Place = place,
            Score = isAdmitted ? score : null,
            Sources = [source],
            Reasons = isAdmitted ? finder.Find(scorer, row, score) : default,
            Model = model,
            Explaining = isAdmitted && model is not null && customer.Known.Row >= 0 && scorer.Tier > RankTier.Popularity,
        };
    }

    private OfferStanding StandingByAll(int row, int[] admitted, int choice, uint answered, in CustomerView customer, in ReasonFinder finder)
    {
        OfferFusion fusion = state.Fusion!;
        int wanted = Math.Min(request.Count, state.Catalog.Count);
        Circumstances circumstances = fusion.CircumstancesOf(customer, request.Context, moment.NowTicks, _scratch);
        FusedCandidates candidates = fusion.Fuse(answered, state.Catalog.Count, admitted, choice, wanted, _scratch, circumstances);
        SourceStanding[] sources = SourceStandings.Of(fusion, candidates, answered, row, admitted, wanted);
        if (admitted.AsSpan().BinarySearch(row) < 0)
        {
            return new OfferStanding { Sources = sources };
        }

        float[] terms = Array.ConvertAll(sources, source => source.Term ?? 0);
        RankReasons reasons = finder.Find(fusion, terms, row, candidates.SignalOf(row));
        int number = candidates.NumberOf(row);
        if (number < 0)
        {
            return new OfferStanding { Sources = sources, Reasons = reasons };
        }

        float[] scores = new float[state.Catalog.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            scores[candidates.Rows[i]] = SourceStandings.Finite(candidates.ScoreOf(i));
        }

        bool byValue = state.RankedBy == RankBy.ExpectedValue;
        float[] normalised = Array.ConvertAll(sources, source => source.Normalised ?? 0);
        return new OfferStanding
        {
            Place = byValue ? PlaceByValue(row, candidates.Rows, scores) : SourceStandings.PlaceOf(row, candidates.Rows, scores),
            Score = scores[row],
            ExpectedValue = byValue ? ExpectedValueOrder.ValueOf(state, row, scores[row]) : null,
            Sources = sources,
            Reasons = reasons,
            Signals = fusion.Stack?.Explain(row, choice, circumstances, fusion.Names, normalised),
            Explaining = customer.Known.Row >= 0,
        };
    }

    private int PlaceByValue(int row, ReadOnlySpan<int> rows, float[] scores)
    {
        var ordered = new ScoredRow[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ordered[i] = new ScoredRow(rows[i], scores[rows[i]]);
        }

        ExpectedValueOrder.Sort(ordered, state, _scratch.Reranking);
        return Array.FindIndex(ordered, one => one.Row == row) + 1;
    }

    private ItemContribution[] PastItemsOf(Offer offer, OfferStanding standing)
    {
        OfferTarget target = offer.Targets[0];
        if (!standing.Explaining || offer.Targets.Any(other => other.Kind != OfferTargetKind.Item || other.ItemId != target.ItemId) || moment.Activity?.FoldedFor(state.Model!) is not null)
        {
            return [];
        }

        var contributions = new SortedDictionary<ItemId, double>();
        for (int i = 0; i < standing.Sources.Count; i++)
        {
            SourceStanding source = standing.Sources[i];
            if (source is { Tier: > RankTier.Popularity, Score: not (null or 0), Term: not (null or 0) })
            {
                RecommendationModel model = standing.Model ?? ((HybridModel)state.Model!).Members[i].Model;
                Add(model, target.ItemId, source.Term.Value / source.Score.Value, contributions);
            }
        }

        return [.. contributions.Where(one => one.Value != 0 && double.IsFinite(one.Value)).OrderByDescending(one => one.Value).Select(one => new ItemContribution(one.Key, one.Value))];
    }

    private void Add(RecommendationModel model, ItemId item, double scale, SortedDictionary<ItemId, double> contributions)
    {
        try
        {
            foreach (ScoreContribution one in model.Explain(moment.User, item)?.Contributions ?? [])
            {
                contributions[one.Item] = contributions.GetValueOrDefault(one.Item) + (scale * one.Contribution);
            }
        }
        catch (InvalidOperationException)
        {
            // The customer's values are too large to be solved for: the model ranks with what it has, and cannot say what carries it.
        }
    }
}
