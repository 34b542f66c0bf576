using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Datasets;

public sealed class EventHistoryTests
{
    [Fact]
    public void Kept_events_are_those_that_count_by_customer_and_time_with_their_weight_before_decay()
    {
        DatasetOptions options = new() { KeepEvents = true, AsOf = Events.Day(9), MaxValue = 4 };
        options.Weights.SetHalfLife(TimeSpan.FromDays(1));
        var builder = new DatasetBuilder(options);
        builder.Add(Events.Purchase("b", "y", 3) with { EventId = "1" });
        builder.Add(Events.Purchase("b", "y", 3) with { EventId = "1" });
        builder.Add(Events.Purchase("b", "x", 5) with { Value = 7 });
        builder.Add(new Interaction("b", (ItemId)"x", InteractionKind.View, default));
        builder.Add(Events.Purchase("b", "x", 10));
        builder.Add(new Interaction("a", (ItemId)"y", InteractionKind.Impression, Events.Day(1)));
        builder.Add(new Interaction("a", (OfferId)"o", InteractionKind.Redeem, Events.Day(1)));
        builder.Add(new Interaction("a", (ItemId)"y", InteractionKind.Dismiss, Events.Day(2)));

        InteractionDataset dataset = builder.Build();

        EventHistory history = dataset.Events!;
        Assert.Equal([new StampedEvent(Events.Day(2).Ticks, 1, -0.5f)], history.Of(0).ToArray());
        Assert.Equal([new StampedEvent(0, 0, 0.2f), new StampedEvent(Events.Day(3).Ticks, 1, 1), new StampedEvent(Events.Day(5).Ticks, 0, 4)], history.Of(1).ToArray());
        Assert.Equal((Events.Day(2).Ticks, Events.Day(9).Ticks), (history.FirstTicks, history.AsOfTicks));
        Assert.Equal(0.5, history.DecayOf(new StampedEvent(Events.Day(7).Ticks, 0, 1), TimeSpan.FromDays(2).Ticks));
        Assert.Equal(1, history.DecayOf(new StampedEvent(0, 0, 1), TimeSpan.FromDays(2).Ticks));
        Assert.Null(Build([Events.Purchase("a", "x")], keep: false).Events);
    }

    [Fact]
    public void The_order_of_the_events_changes_no_kept_event_and_the_fingerprint_covers_them() =>
        Prop.ForAll(Events.Lists, events =>
        {
            InteractionDataset kept = Build(events, keep: true);
            InteractionDataset shuffled = Build(Events.Shuffled(events, 1), keep: true);
            InteractionDataset plain = Build(events, keep: false);
            return kept.Fingerprint == shuffled.Fingerprint && kept.Events!.All.SequenceEqual(shuffled.Events!.All) && kept.Events.Offsets.SequenceEqual(shuffled.Events.Offsets)
                && kept.Fingerprint != plain.Fingerprint && kept.ByUser.AllValues.SequenceEqual(plain.ByUser.AllValues)
                && kept.Events.All.Length <= kept.Quality.Kept;
        }).Holds();

    [Fact]
    public void An_event_that_weighs_more_than_single_precision_holds_is_refused()
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        builder.Add(Events.Purchase("a", "x") with { Value = 1e39 });
        builder.Add(Events.Purchase("a", "x") with { Value = -1e39 });
        builder.Add(Events.Purchase("a", "x"));

        // The pair comes to 1, which a dataset holds; the single events do not fit.
        PromoRecException fault = Assert.Throws<PromoRecException>(() => builder.Build());

        Assert.Equal(PromoRecErrorCode.InvalidDataset, fault.Code);
        Assert.Contains("An event weighs", fault.Message, StringComparison.Ordinal);
    }

    private static InteractionDataset Build(Interaction[] events, bool keep)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = keep });
        builder.AddRange(events);
        return builder.Build();
    }
}
