using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Training;
using PromoRec.Training.Interest;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Training.Interest;

public sealed class InterestModelTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Item[] Items =
    [
        new() { Id = "assam", Categories = ["tea"], Brand = "acme" }, new() { Id = "sencha", Categories = ["tea", "green"], Brand = "bolt" },
        new() { Id = "mocha", Categories = ["coffee"], Brand = "acme" }, new() { Id = "unsold", Categories = ["tea"], Brand = "acme" },
    ];

    [Fact]
    public void A_score_is_the_interest_in_each_group_shared_out_by_what_is_taken_there()
    {
        InterestModel model = new InterestTrainer(new InterestOptions { Groups = InterestGroups.Categories }).Train(Bought(), Items);

        // ann: 2 assam, 1 sencha; bob: 1 sencha; all tea: 2 assam, 2 sencha.
        Assert.Equal((3 * 2f / 4), model.Score("ann", "assam"));
        Assert.Equal((3 * 2f / 4) + (1 * 2f / 2), model.Score("ann", "sencha"));
        Assert.Equal(0f, model.Score("ann", "mocha"));
        Assert.Equal(["category:coffee", "category:green", "category:tea"], Enumerable.Range(0, model.GroupCount).Select(model.NameOf));
    }

    [Fact]
    public void Scores_equal_those_of_a_plain_twin()
    {
        var random = new Random(5);
        Item[] items = [.. Enumerable.Range(0, 30).Select(i => new Item { Id = i, Categories = [.. Enumerable.Range(0, 4).Where(_ => random.Next(3) == 0).Select(c => $"c{c}")], Brand = random.Next(3) == 0 ? null : $"b{random.Next(3)}" })];
        var builder = new DatasetBuilder();
        var taken = new Dictionary<(int User, int Item), double>();
        for (int i = 0; i < 300; i++)
        {
            (int user, int item) = (random.Next(20), random.Next(30));
            builder.Add(new Interaction(user, (ItemId)item, InteractionKind.Purchase, Day));
            taken[(user, item)] = taken.GetValueOrDefault((user, item)) + 1;
        }

        InteractionDataset dataset = builder.Build();
        InterestModel model = new InterestTrainer().Train(dataset, items);

        foreach (int user in Enumerable.Range(0, 20))
        {
            foreach (int item in taken.Keys.Select(key => key.Item).Distinct())
            {
                double expected = GroupsOf(items[item]).Sum(group =>
                {
                    int[] members = [.. Enumerable.Range(0, 30).Where(other => GroupsOf(items[other]).Contains(group))];
                    double interest = members.Sum(member => taken.GetValueOrDefault((user, member)));
                    return interest * taken.Where(pair => pair.Key.Item == item).Sum(pair => pair.Value) / taken.Where(pair => members.Contains(pair.Key.Item)).Sum(pair => pair.Value);
                });
                Assert.Equal(expected, model.Score(user, item)!.Value, 1e-4);
                Assert.Equal(expected, model.Explain(user, item)!.Score, 1e-4);
            }
        }
    }

    [Fact]
    public void An_item_that_nobody_took_and_an_item_without_groups_have_score_zero_and_nothing_is_no_number()
    {
        InterestModel model = new InterestTrainer().Train(Bought(), []);

        Assert.All(model.Recommend("ann", 10, includeSeen: true), item => Assert.Equal(0, item.Score));
        Assert.Empty(model.SimilarItems("assam", 10));
    }

    [Fact]
    public void An_item_twice_and_no_groups_are_refused()
    {
        Assert.Contains("assam", Assert.Throws<ArgumentException>(() => new InterestTrainer().Train(Bought(), [Items[0], Items[0]])).Message, StringComparison.Ordinal);
        Assert.Contains("Groups must be", Assert.Throws<ArgumentException>(() => new InterestTrainer(new InterestOptions { Groups = InterestGroups.None })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_bought_is_bought_again()
    {
        ItemItemModel model = new RepeatTrainer().Train(Bought());

        Assert.Equal(2, model.Score("ann", "assam"));
        Assert.Equal(1, model.Score("bob", "sencha"));
        Assert.Equal(0, model.Score("bob", "assam"));
        Assert.Equal("repeat", model.Manifest.Algorithm);
    }

    [Fact]
    public void Training_says_how_far_it_is_and_stops_when_it_is_told_to()
    {
        var interest = new List<int>();
        var repeat = new List<int>();
        using var stop = new CancellationTokenSource();
        new InterestTrainer().Train(Bought(), Items, new Told(interest.Add), stop.Token);
        new RepeatTrainer().Train(Bought(), new Told(repeat.Add), stop.Token);

        Assert.Equal(10, interest[^1]);
        Assert.Equal(interest.Order().Distinct(), interest);
        Assert.Equal([10], repeat);
        Assert.Throws<OperationCanceledException>(() => new InterestTrainer().Train(Bought(), Items, new Told(_ => stop.Cancel()), stop.Token));
        Assert.Throws<OperationCanceledException>(() => new InterestTrainer().Train(Bought(), Items, cancellationToken: stop.Token));
        Assert.Throws<OperationCanceledException>(() => new RepeatTrainer().Train(Bought(), cancellationToken: stop.Token));
    }

    private sealed class Told(Action<int> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value.Iteration);
    }

    private static HashSet<string> GroupsOf(Item item) => [.. item.Categories.Select(category => category), .. item.Categories.Where(_ => item.Brand is not null).Select(category => $"{category} of {item.Brand}")];

    private static InteractionDataset Bought()
    {
        var builder = new DatasetBuilder();
        foreach ((string user, string item) in new[] { ("ann", "assam"), ("ann", "assam"), ("ann", "sencha"), ("bob", "sencha"), ("bob", "mocha") })
        {
            builder.Add(new Interaction(user, (ItemId)item, InteractionKind.Purchase, Day));
        }

        return builder.Build();
    }
}
