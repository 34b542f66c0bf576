using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>Compares the kinds of knowledge of a hybrid, from least to most.</summary>
internal static class RankingLadder
{
    /// <summary>The name of a rung of popularity that no member stands for.</summary>
    public const string Popularity = "popularity";

    /// <summary>The name of the hybrid's own rung.</summary>
    public const string Hybrid = "hybrid";

    /// <param name="hybrid">The hybrid.</param>
    /// <param name="members">All models, also those that it does not use.</param>
    /// <param name="test">What customers took later.</param>
    /// <param name="metric">What is to be high.</param>
    /// <param name="rankSeenItems">Whether customers are asked for what they have already, too.</param>
    /// <param name="cancellationToken">Ends the work between two models.</param>
    /// <returns>The rungs, lowest first, and the number of customers on whom they were compared.</returns>
    public static (IReadOnlyList<LadderRung> Rungs, int Customers) Compare(HybridModel hybrid, IReadOnlyList<HybridMember> members, IReadOnlyCollection<UserItem> test, RankingMetric metric, bool rankSeenItems, CancellationToken cancellationToken)
    {
        var evaluator = new RankingEvaluator(new EvaluationOptions { Resamples = 0, RankSeenItems = rankSeenItems });
        EvaluationResult measure(ItemScorer scorer) => evaluator.EvaluateItems(scorer, test, [metric], cancellationToken: cancellationToken);
        EvaluationResult ofAll = measure(ItemScorer.FromModel(hybrid));
        double value(EvaluationResult result) => result[metric.ToString()].Mean;
        List<(RankTier Tier, string Name, double Value)> all = [(RankTier.Popularity, Popularity, value(measure(ItemScorer.Popularity(hybrid))))];
        foreach (HybridMember member in members)
        {
            all.Add((member.Model.Tier, member.Name, value(measure(ItemScorer.FromModel(member.Model)))));
        }

        all.Add((RankTier.Hybrid, Hybrid, value(ofAll)));
        return (Climb(all), ofAll.Users);
    }

    /// <summary>The best of each kind, from least to most knowledge; a rung serves if it is better than the highest serving one below it.</summary>
    public static IReadOnlyList<LadderRung> Climb(IEnumerable<(RankTier Tier, string Name, double Value)> all)
    {
        var rungs = new List<LadderRung>();
        LadderRung? below = null;
        foreach (IGrouping<RankTier, (RankTier Tier, string Name, double Value)> tier in all.GroupBy(one => one.Tier).OrderBy(group => group.Key))
        {
            (_, string name, double value) = tier.MaxBy(one => one.Value);
            double lead = below is null ? 0 : value - below.Value;
            var rung = new LadderRung(tier.Key, name, value, lead, below is null || lead > 0);
            rungs.Add(rung);
            below = rung.Serves ? rung : below;
        }

        return rungs;
    }
}
