using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class LearnabilityTests
{
    [Fact]
    public void Factors_learnt_from_the_first_four_fifths_rank_the_last_far_better_than_popularity()
    {
        Interaction[] log = [.. Shops.Medium.Interactions];
        InteractionSplit split = InteractionSplit.ByTimeFraction(log, 0.2);
        var builder = new DatasetBuilder();
        builder.AddRange(split.Train);
        FactorModel model = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 16, Iterations = 8, Threads = 1 }).Train(builder.Build(TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);
        ItemId[] popular = [.. split.Train.Where(static one => one.Kind == InteractionKind.Purchase).CountBy(static one => one.Item).OrderByDescending(static count => count.Value).Take(10).Select(static count => count.Key)];

        double byModel = 0, byPopularity = 0;
        foreach (IGrouping<UserId, Interaction> customer in split.Test.Where(static one => one.Kind == InteractionKind.Purchase).GroupBy(static one => one.User))
        {
            HashSet<ItemId> bought = [.. customer.Select(static one => one.Item)];
            byModel += Ndcg([.. model.Recommend(customer.Key, 10, includeSeen: true).Select(static scored => scored.Item)], bought);
            byPopularity += Ndcg(popular, bought);
        }

        Assert.True(byModel > 1.5 * byPopularity, $"NDCG@10 by factors is {byModel / byPopularity:F2} times that by popularity.");
    }

    private static double Ndcg(ItemId[] ranked, HashSet<ItemId> relevant) =>
        ranked.Index().Sum(place => relevant.Contains(place.Item) ? 1 / Math.Log2(place.Index + 2) : 0)
        / Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(static place => 1 / Math.Log2(place + 2));
}
