using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Datasets;

public class InteractionSplitTests
{
    private static readonly (string Name, Func<IEnumerable<Interaction>, InteractionSplit> Divide)[] Splits =
    [
        ("by time", events => InteractionSplit.ByTime(events, Events.Day(5))),
        ("last fraction", events => InteractionSplit.ByTimeFraction(events, 0.2)),
        ("last event", InteractionSplit.LeaveLastOut),
        ("a fold", events => InteractionSplit.Folds(events, 3, seed: 7)[1]),
        ("random", events => InteractionSplit.Random(events, 0.3, seed: 7)),
    ];

    [Fact]
    public void Folds_are_about_equal_and_every_event_is_in_the_test_of_one()
    {
        Interaction[] events = [.. Enumerable.Range(0, 5_000).Select(each => Events.Purchase($"u{each % 70}", each, day: 1 + (each % 9)))];

        IReadOnlyList<InteractionSplit> folds = InteractionSplit.Folds(events, 5, seed: 3);

        Assert.Equal(5, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Test.Count, 880, 1_120));
        Assert.All(folds, fold => Assert.Equal(events.Length, fold.Train.Count + fold.Test.Count));
        Assert.Equal(events.Length, folds.SelectMany(fold => fold.Test).Distinct().Count());
        Assert.Equal(folds[2].Test, InteractionSplit.Folds(events, 5, seed: 3)[2].Test);
        Assert.NotEqual(folds[2].Test, InteractionSplit.Folds(events, 5, seed: 4)[2].Test);
        Assert.Throws<ArgumentOutOfRangeException>(() => InteractionSplit.Folds(events, 1, seed: 3));
    }

    [Fact]
    public void No_split_depends_on_the_order_loses_an_event_or_leaks() =>
        Prop.ForAll(Events.Lists, events =>
        {
            // Each list has one event of known time, without which there is nothing to cut at.
            Interaction[] withTime = [.. events, Events.Purchase("timed", 1, day: 3)];
            foreach ((string name, Func<IEnumerable<Interaction>, InteractionSplit> divide) in Splits)
            {
                InteractionSplit split = divide(withTime);
                split.ThrowIfLeaking();
                InteractionSplit shuffled = divide(Events.Shuffled(withTime, 5));
                Assert.True(Same(split.Train, shuffled.Train) && Same(split.Test, shuffled.Test), name);

                var together = new DatasetBuilder();
                together.AddRange(split.Train);
                together.AddRange(split.Test);
                var whole = new DatasetBuilder();
                whole.AddRange(withTime);
                Assert.Equal(whole.Build().Fingerprint, together.Build().Fingerprint);
            }
        }).Holds();

    [Fact]
    public void By_time_the_test_begins_at_the_cut()
    {
        Interaction unknown = Events.Of("a", "1", InteractionKind.View, default);
        InteractionSplit split = InteractionSplit.ByTime([Events.Purchase("a", 2, 5), unknown, Events.Purchase("b", 3, 4.9), Events.Purchase("b", 4, 6)], Events.Day(5));
        Assert.Equal([unknown, Events.Purchase("b", 3, 4.9)], split.Train);
        Assert.Equal([Events.Purchase("a", 2, 5), Events.Purchase("b", 4, 6)], split.Test);
        Assert.Equal(Events.Day(5), split.Cut);
    }

    [Fact]
    public void The_last_fraction_by_time_keeps_ties_together()
    {
        Interaction[] days = [.. Enumerable.Range(0, 10).Select(day => Events.Purchase("a", day, day))];
        Assert.Equal([days[8], days[9]], InteractionSplit.ByTimeFraction(days, 0.2).Test);
        Assert.Equal([days[9]], InteractionSplit.ByTimeFraction(days, 0.001).Test);
        Interaction[] tied = [.. days, Events.Purchase("b", 1, 8), Events.Purchase("b", 2, 8)];
        Assert.Equal(4, InteractionSplit.ByTimeFraction(tied, 0.2).Test.Count);
        PromoRecException refused = Assert.Throws<PromoRecException>(() => InteractionSplit.ByTimeFraction([Events.Of("a", "1", InteractionKind.View, default)], 0.2));
        Assert.Equal(PromoRecErrorCode.InvalidDataset, refused.Code);
    }

    [Fact]
    public void Leaving_the_last_out_takes_one_occasion_of_each_customer_that_has_another()
    {
        Interaction[] events =
        [
            Events.Purchase("a", 1, 3),
            Events.Purchase("a", 2, 9),
            new Interaction("a", (ItemId)2, InteractionKind.View, Events.Day(9)),
            Events.Purchase("b", 1, 1),
            Events.Purchase("c", 10, 4),
            Events.Purchase("c", 9, 4),
        ];
        InteractionSplit split = InteractionSplit.LeaveLastOut(events);
        Assert.Equal([events[1], events[2], events[5]], split.Test);
        Assert.Equal([events[0], events[3], events[4]], split.Train);
    }

    [Fact]
    public void A_random_split_has_about_the_share_and_its_own_draw_for_every_seed()
    {
        Interaction[] events = [.. Enumerable.Range(0, 20_000).Select(i => Events.Purchase(i % 500, i, i * 0.01))];
        InteractionSplit one = InteractionSplit.Random(events, 0.2, seed: 1);
        InteractionSplit two = InteractionSplit.Random(events, 0.2, seed: 2);

        // Five standard deviations: sqrt(20,000 x 0.2 x 0.8) = 57, and for the intersection sqrt(20,000 x 0.04 x 0.96) = 28.
        Assert.InRange(one.Test.Count, 4_000 - 283, 4_000 + 283);
        Assert.InRange(two.Test.Count, 4_000 - 283, 4_000 + 283);
        Assert.InRange(one.Test.Intersect(two.Test).Count(), 800 - 139, 800 + 139);
        Assert.Equal(one.Test, InteractionSplit.Random(events, 0.2, seed: 1).Test);
    }

    [Fact]
    public void Leaks_are_found_and_counted()
    {
        Interaction bought = Events.Purchase("a", 1, 1) with { EventId = "x" };
        Refused("1 test events have the event id", new InteractionSplit([bought], [Events.Purchase("b", 2, 2) with { EventId = "x" }]));
        Refused("1 test events repeat", new InteractionSplit([bought], [bought with { EventId = "y", Kind = InteractionKind.View }]));
        Refused("2 training events are not before", new InteractionSplit([bought, Events.Purchase("a", 2, 5), Events.Purchase("a", 3, 6)], [Events.Purchase("b", 1, 5)], Events.Day(5)));
        new InteractionSplit([bought], [Events.Purchase("a", 1, 2)], Events.Day(2)).ThrowIfLeaking();
        new InteractionSplit([bought], []).ThrowIfLeaking();

        static void Refused(string part, InteractionSplit split)
        {
            PromoRecException refused = Assert.Throws<PromoRecException>(split.ThrowIfLeaking);
            Assert.Equal(PromoRecErrorCode.InvalidDataset, refused.Code);
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_that_leaves_one_side_empty_is_refused(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => InteractionSplit.Random([], fraction, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => InteractionSplit.ByTimeFraction([], fraction));
    }

    [Fact]
    public void Events_that_are_not_valid_are_refused() =>
        Assert.All(Splits, split => Assert.Throws<ArgumentException>(() => split.Divide([Events.Purchase(1, 1) with { Value = double.NaN }])));

    private static bool Same(IReadOnlyList<Interaction> x, IReadOnlyList<Interaction> y) =>
        x.Count == y.Count && x.CountBy(e => e).ToHashSet().SetEquals(y.CountBy(e => e));
}
