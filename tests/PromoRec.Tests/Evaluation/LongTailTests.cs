using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Tests.Evaluation;

public sealed class LongTailTests
{
    [Fact]
    public void Shares_of_two_customers_and_ten_items_are_those_counted_by_hand()
    {
        // Item i has score i for everybody; d and e have i0 to i2 and i0, so that i0 is the first tenth and i1 and i2 are the next ones.
        var items = Enumerable.Range(0, 10).ToDictionary(i => $"i{i}", i => new float[] { i });
        FactorModel model = SmallModel.Create(new Dictionary<string, float[]> { ["d"] = [1], ["e"] = [1] }, items, ("d", "i0"), ("d", "i1"), ("d", "i2"), ("e", "i0"));

        LongTail tail = LongTail.Of(model, [new UserId("d"), new UserId("e"), new UserId("d")], 2, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([0.5, 0.25, 0.25, 0, 0, 0, 0, 0, 0, 0], tail.Owned);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5], tail.Recommended);
        Assert.Equal([("i8", 2), ("i9", 2)], tail.MostRecommended.Select(one => (one.Key.ToString(), one.Value)));
    }

    [Fact]
    public void Shares_add_up_to_one_and_are_those_of_a_slow_twin()
    {
        FactorModel model = SmallModel.Random(40, 57, 4, 9);
        UserId[] users = [.. Enumerable.Range(0, 40).Select(user => new UserId($"u{user}"))];
        LongTail tail = LongTail.Of(model, users, 5, includeSeen: true, TestContext.Current.CancellationToken);

        Dictionary<string, int> owners = Enumerable.Range(0, 57).ToDictionary(item => $"i{item}", item => users.Count(user => !model.Recommend(user, 57).Select(one => one.Item.ToString()).Contains($"i{item}")));
        List<string> order = [.. owners.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Key)];
        double[] twin = new double[10];
        foreach (ScoredItem item in users.SelectMany(user => model.Recommend(user, 5, includeSeen: true)))
        {
            twin[order.IndexOf(item.Item.ToString()) * 10 / 57] += 1.0 / 200;
        }

        Assert.Equal(1, tail.Recommended.Sum(), 1e-12);
        Assert.Equal(1, tail.Owned.Sum(), 1e-12);
        for (int part = 0; part < 10; part++)
        {
            Assert.Equal(twin[part], tail.Recommended[part], 1e-12);
        }
    }

    [Fact]
    public void Nobody_to_recommend_to_gives_no_shares() =>
        Assert.All(LongTail.Of(SmallModel.Random(3, 12, 2, 1), [], 5, cancellationToken: TestContext.Current.CancellationToken).Recommended, share => Assert.Equal(0, share));
}
