using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Tests.Evaluation;

/// <summary>The two protocols as a reader would write them down: sort everything, look at each customer.</summary>
internal sealed class NaiveEvaluation(FactorModel model, bool rankSeen)
{
    /// <summary>What a customer is shown, best first.</summary>
    public (ItemId Item, float Score)[] Rank(UserId user, IEnumerable<ItemId>? candidates)
    {
        IEnumerable<ItemId> pool = candidates?.Distinct() ?? AllItems().Where(item => rankSeen || !Seen(user).Contains(item));
        return [.. pool
            .Select(item => (item, Score(user, item)))
            .OrderByDescending(scored => scored.Item2)
            .ThenBy(scored => scored.item)];
    }

    public double[] Values(UserId user, ISet<ItemId> heldOut, IReadOnlyList<RankingMetric> metrics, IEnumerable<ItemId>? candidates)
    {
        (ItemId Item, float Score)[] ranking = Rank(user, candidates?.Concat(heldOut));
        bool[] ranked = [.. ranking.Select(scored => heldOut.Contains(scored.Item))];
        return [.. metrics.Select(metric => metric.Kind switch
        {
            RankingMetricKind.HitRate => RankingMetrics.HitRate(ranked, metric.Cutoff),
            RankingMetricKind.Precision => RankingMetrics.Precision(ranked, metric.Cutoff),
            RankingMetricKind.Recall => RankingMetrics.Recall(ranked, metric.Cutoff, heldOut.Count),
            RankingMetricKind.F1 => RankingMetrics.F1(ranked, metric.Cutoff, heldOut.Count),
            RankingMetricKind.Ndcg => RankingMetrics.Ndcg(ranked, metric.Cutoff, heldOut.Count),
            RankingMetricKind.AveragePrecision => RankingMetrics.AveragePrecision(ranked, metric.Cutoff, heldOut.Count),
            RankingMetricKind.ReciprocalRank => RankingMetrics.ReciprocalRank(ranked, metric.Cutoff),
            RankingMetricKind.Novelty => ranking.Take(metric.Cutoff).Average(scored => RankingMetrics.SelfInformation(Popularity(scored.Item), model.UserCount)),
            RankingMetricKind.Auc => Auc(ranking, heldOut),
            _ => double.NaN,
        })];
    }

    public IEnumerable<ItemId> AllItems() => Enumerable.Range(0, model.ItemCount).Select(row => new ItemId(model.Items.IdAt(row)));

    public HashSet<ItemId> Seen(UserId user) => model.Users.TryGetRow(user.Value, out int row)
        ? [.. model.History.ByUser.ColumnsOf(row).ToArray().Select(item => new ItemId(model.Items.IdAt(item)))]
        : [];

    private float Score(UserId user, ItemId item)
    {
        if (!model.Items.TryGetRow(item.Value, out int itemRow))
        {
            return 0;
        }

        if (!model.Users.TryGetRow(user.Value, out int userRow))
        {
            return Popularity(item);
        }

        // The factors of these tests are small whole numbers, so that every order of adding is exact.
        float sum = 0;
        for (int factor = 0; factor < model.Factors; factor++)
        {
            sum += model.UserFactors.Row(userRow)[factor] * model.ItemFactors.Row(itemRow)[factor];
        }

        return sum;
    }

    private int Popularity(ItemId item) => model.Items.TryGetRow(item.Value, out int row) ? (int)model.History.ItemPopularity.Span[row] : 0;

    private static double Auc((ItemId Item, float Score)[] ranking, ISet<ItemId> heldOut)
    {
        double right = 0;
        int irrelevant = ranking.Count(scored => !heldOut.Contains(scored.Item));
        foreach ((ItemId item, float score) in ranking.Where(scored => heldOut.Contains(scored.Item)))
        {
            right += ranking.Where(other => !heldOut.Contains(other.Item)).Sum(other => score > other.Score ? 1 : score == other.Score ? 0.5 : 0);
        }

        return right / ((double)heldOut.Count * irrelevant);
    }
}
