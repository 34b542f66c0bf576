using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;

namespace PromoRec.Tuning;

/// <summary>Compares the kinds of knowledge of a hybrid by the offers that customers took at a later occasion: for hybrids that are stacked, and for every other that ranks offers.</summary>
/// <remarks>
/// Each member ranks the offers alone, then the hybrid; popularity is that of the hybrid's data, or a member of popularity where one is better. From least to most, a rung may serve only if its mean over the customers is above that of the highest one
/// below it that serves. Give the hybrid that goes into use the result with <see cref="HybridModel.WithLadder"/>.
/// </remarks>
public static class OfferLadder
{
    /// <summary>Compares.</summary>
    /// <param name="later">An occasion that the hybrid did not learn from: its model was trained on what was known before it, and a stacked one was stacked on earlier ones.</param>
    /// <param name="metric">What is to be high: one that every customer has, with a cutoff; NDCG@10 unless given.</param>
    /// <param name="ranking">How the host ranks offers. Kinds of knowledge are compared by what they know of customers, so all rank by the score, whatever <see cref="RankingOptions.RankBy"/> says.</param>
    /// <param name="cancellationToken">Ends the work between two models.</param>
    /// <returns>The rungs, lowest first.</returns>
    /// <exception cref="ArgumentException">The metric is not one of offers that every customer has, or nothing was taken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<LadderRung> Compare(OfferOccasion later, RankingMetric? metric = null, RankingOptions? ranking = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(later);
        RankingMetric measured = metric ?? new RankingMetric(RankingMetricKind.Ndcg, 10);
        if (!measured.IsPerUser || measured.Kind == RankingMetricKind.Novelty || measured.Cutoff < 1)
        {
            throw new ArgumentException($"The metric is {measured}, but one is needed that every customer has, with a cutoff.", nameof(metric));
        }

        // A hybrid whose members may not answer has the popularity of its data only.
        HybridModel hybrid = later.Model.WithLadder([]);
        HybridModel popularity = hybrid.WithLadder([RankingLadder.OfData(0), new LadderRung(RankTier.Hybrid, RankingLadder.Hybrid, 0, 0, Serves: false)]);
        List<LadderRung> all = [RankingLadder.OfData(Measure(popularity))];
        foreach (HybridMember member in hybrid.Members)
        {
            all.Add(RankingLadder.Of(member, Measure(member.Model)));
        }

        all.Add(RankingLadder.OfAll(Measure(hybrid)));
        return RankingLadder.Climb(all);

        double Measure(RecommendationModel model)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Value(model, later, measured, (ranking ?? new RankingOptions()).ByScore(), cancellationToken);
        }
    }

    private static double Value(RecommendationModel model, OfferOccasion later, RankingMetric metric, RankingOptions ranking, CancellationToken cancellationToken)
    {
        using var live = new LiveModel(new InMemoryOfferCatalog(later.Catalog), ranking, new RecentActivity(ranking), NullLogger.Instance);
        live.Publish(model);
        var ranker = new OfferRanker(live, later.Customers, new StandingTime(later.At));
        IReadOnlyList<OfferId> rank(UserId user)
        {
            RankRequest asked = later.RequestOf?.Invoke(user) ?? OfferOccasion.Everything;
            var places = new RankedOffer[metric.Cutoff];
            return [.. places[..ranker.Rank(user, places, asked).Count].Select(ranked => ranked.Offer.Id)];
        }

        return new RankingEvaluator(new EvaluationOptions { Resamples = 0 }).EvaluateOffers(rank, later.Taken, [metric], cancellationToken: cancellationToken)[metric.ToString()].Mean;
    }

    private sealed class StandingTime(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
