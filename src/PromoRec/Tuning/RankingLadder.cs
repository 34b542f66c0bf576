using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>Compares the kinds of knowledge of a hybrid, from least to most.</summary>
internal static class RankingLadder
{
    /// <summary>The name of the hybrid's own rung.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>The popularity of a hybrid's data, with its value. It may have the name of a member without being it.</summary>
    public static LadderRung OfData(double value) => new(RankTier.Popularity, "popularity", value, 0, Serves: true) { IsOfData = true };

    /// <summary>A member, with its value.</summary>
    public static LadderRung Of(HybridMember member, double value) => new(member.Model.Tier, member.Name, value, 0, Serves: true);

    /// <summary>All members together, with their value.</summary>
    public static LadderRung OfAll(double value) => new(RankTier.Hybrid, Hybrid, value, 0, Serves: true);

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
        List<LadderRung> all = [OfData(value(measure(ItemScorer.Popularity(hybrid))))];
        foreach (HybridMember member in members)
        {
            all.Add(Of(member, value(measure(ItemScorer.FromModel(member.Model)))));
        }

        all.Add(OfAll(value(ofAll)));
        return (Climb(all), ofAll.Users);
    }

    /// <summary>The best of each kind, from least to most knowledge; a rung serves if it is better than the highest serving one below it.</summary>
    /// <param name="all">All that were compared. Whether they lead is found out here.</param>
    public static IReadOnlyList<LadderRung> Climb(IEnumerable<LadderRung> all)
    {
        var rungs = new List<LadderRung>();
        LadderRung? below = null;
        foreach (IGrouping<RankTier, LadderRung> tier in all.GroupBy(one => one.Tier).OrderBy(group => group.Key))
        {
            LadderRung best = tier.MaxBy(one => one.Value)!;
            double lead = below is null ? 0 : best.Value - below.Value;
            LadderRung rung = best with { Lead = lead, Serves = below is null || lead > 0 };
            rungs.Add(rung);
            below = rung.Serves ? rung : below;
        }

        return rungs;
    }
}
