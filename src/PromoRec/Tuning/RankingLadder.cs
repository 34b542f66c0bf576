using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>Compares the kinds of knowledge of a hybrid, from least to most.</summary>
internal static class RankingLadder
{
    /// <param name="hybrid">The hybrid.</param>
    /// <param name="members">All models, also those that it does not use.</param>
    /// <param name="test">What customers took later.</param>
    /// <param name="metric">What is to be high.</param>
    /// <param name="cancellationToken">Ends the work between two models.</param>
    /// <returns>The rungs, lowest first, and the number of customers on whom they were compared.</returns>
    public static (IReadOnlyList<LadderRung> Rungs, int Customers) Compare(HybridModel hybrid, IReadOnlyList<HybridMember> members, IReadOnlyCollection<UserItem> test, RankingMetric metric, CancellationToken cancellationToken)
    {
        var evaluator = new RankingEvaluator(new EvaluationOptions { Resamples = 0 });
        EvaluationResult measure(ItemScorer scorer) => evaluator.EvaluateItems(scorer, test, [metric], cancellationToken: cancellationToken);
        List<(RankTier Tier, string Name, EvaluationResult Result)> all = [(RankTier.Popularity, "popularity", measure(ItemScorer.Popularity(hybrid)))];
        foreach (HybridMember member in members)
        {
            all.Add((member.Model.Tier, member.Name, measure(ItemScorer.FromModel(member.Model))));
        }

        all.Add((RankTier.Hybrid, "hybrid", measure(ItemScorer.FromModel(hybrid))));
        var rungs = new List<LadderRung>();
        LadderRung? below = null;
        foreach (IGrouping<RankTier, (RankTier Tier, string Name, EvaluationResult Result)> tier in all.GroupBy(one => one.Tier).OrderBy(group => group.Key))
        {
            (_, string name, EvaluationResult result) = tier.MaxBy(one => one.Result[metric.ToString()].Mean);
            double value = result[metric.ToString()].Mean;
            double lead = below is null ? 0 : value - below.Value;
            var rung = new LadderRung(tier.Key, name, value, lead, below is null || lead > 0);
            rungs.Add(rung);
            below = rung.Serves ? rung : below;
        }

        return (rungs, all[0].Result.Users);
    }
}
