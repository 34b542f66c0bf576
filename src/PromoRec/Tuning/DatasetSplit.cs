using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Training;

namespace PromoRec.Tuning;

/// <summary>What was known of a dataset at some time, and what customers took from then on; or all but a part drawn at random, and that part.</summary>
/// <param name="Early">The events to learn from, weighed, faded and put together as in the dataset, at the time of the cut. What was redeemed without naming an item, and what weighs nothing, is not among them.</param>
/// <param name="Later">The customers and items of the other events, those with a weight above zero, each pair once.</param>
/// <param name="Cut">The time; null for a part drawn at random.</param>
internal sealed record DatasetSplit(InteractionDataset Early, IReadOnlyList<UserItem> Later, DateTimeOffset? Cut)
{
    /// <summary>By time, or at random where no event has a time.</summary>
    /// <param name="dataset">A dataset with events.</param>
    /// <param name="share">The share of the later events.</param>
    /// <param name="seed">Seed of what is drawn at random.</param>
    /// <returns>Null where one of the two parts would be empty.</returns>
    /// <exception cref="ArgumentException">The dataset keeps no events.</exception>
    public static DatasetSplit? Of(InteractionDataset dataset, double share, ulong seed)
    {
        foreach (StampedEvent one in TrainingEvents.Of(dataset, nameof(dataset)).All)
        {
            if (one.Ticks != 0)
            {
                return ByTime(dataset, share);
            }
        }

        return AtRandom(dataset, share, seed);
    }

    /// <summary>Everything between a customer and an item stays together, and the same pairs are drawn in whatever order they came.</summary>
    /// <param name="dataset">A dataset with events.</param>
    /// <param name="share">The share of the pairs that is drawn, on average.</param>
    /// <param name="seed">Another seed draws other pairs.</param>
    /// <returns>Null where one of the two parts would be empty.</returns>
    /// <exception cref="ArgumentException">The dataset keeps no events.</exception>
    public static DatasetSplit? AtRandom(InteractionDataset dataset, double share, ulong seed) =>
        Divide(dataset, (_, user, item) => new Occasion(0, item, default, user).Draw(seed) < share, cut: null);

    /// <summary>The events before the cut, and those of unknown time, are the early ones.</summary>
    /// <param name="dataset">A dataset with events.</param>
    /// <param name="share">The share of the events of known time that are later, at least.</param>
    /// <returns>Null where one of the two parts would be empty.</returns>
    /// <exception cref="ArgumentException">The dataset keeps no events.</exception>
    public static DatasetSplit? ByTime(InteractionDataset dataset, double share)
    {
        EventHistory events = TrainingEvents.Of(dataset, nameof(dataset));
        var times = new List<long>();
        foreach (StampedEvent one in events.All)
        {
            if (one.Ticks != 0)
            {
                times.Add(one.Ticks);
            }
        }

        if (times.Count == 0)
        {
            return null;
        }

        times.Sort();
        long cut = times[^Math.Clamp((int)Math.Ceiling(times.Count * share), 1, times.Count)];
        return Divide(dataset, (one, _, _) => one.Ticks >= cut, new DateTimeOffset(cut, TimeSpan.Zero));
    }

    private static DatasetSplit? Divide(InteractionDataset dataset, Func<StampedEvent, UserId, ItemId, bool> isLater, DateTimeOffset? cut)
    {
        EventHistory events = TrainingEvents.Of(dataset, nameof(dataset));
        DatasetOptions options = events.Options.Copy();
        options.AsOf = cut ?? (events.AsOfTicks == 0 ? null : new DateTimeOffset(events.AsOfTicks, TimeSpan.Zero));
        var builder = new DatasetBuilder(options);
        HashSet<UserItem> later = [];
        bool hasEarly = false;
        for (int user = 0; user < events.Users; user++)
        {
            var userId = new UserId(dataset.Users.IdAt(user));
            ReadOnlySpan<StampedEvent> own = events.Of(user);
            for (int place = 0; place < own.Length; place++)
            {
                StampedEvent one = own[place];
                var item = new ItemId(dataset.Items.IdAt(one.Item));
                if (!isLater(one, userId, item))
                {
                    hasEarly = true;
                    builder.Add(new Interaction(userId, item, events.KindOf(user, place), one.Ticks == 0 ? default : new DateTimeOffset(one.Ticks, TimeSpan.Zero)) { Value = events.ValueOf(user, place) });
                }
                else if (one.Weight > 0)
                {
                    later.Add(new UserItem(userId, item));
                }
            }
        }

        return hasEarly && later.Count > 0 ? new DatasetSplit(builder.Build(), [.. later], cut) : null;
    }
}
