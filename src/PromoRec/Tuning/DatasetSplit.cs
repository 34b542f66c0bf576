using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Training;

namespace PromoRec.Tuning;

/// <summary>What was known of a dataset at some time, and what customers took from then on.</summary>
/// <param name="Early">The events before the cut, and those of unknown time. All count as purchases there, with the weights of the dataset and without decay.</param>
/// <param name="Later">The customers and items of the other events, those with a weight above zero, each pair once.</param>
/// <param name="Cut">The time.</param>
internal sealed record DatasetSplit(InteractionDataset Early, IReadOnlyList<UserItem> Later, DateTimeOffset Cut)
{
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
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true, MaxEventsPerUser = int.MaxValue });
        HashSet<UserItem> later = [];
        bool hasEarly = false;
        for (int user = 0; user < events.Users; user++)
        {
            var userId = new UserId(dataset.Users.IdAt(user));
            foreach (StampedEvent one in events.Of(user))
            {
                var item = new ItemId(dataset.Items.IdAt(one.Item));
                if (one.Ticks < cut)
                {
                    hasEarly = true;
                    builder.Add(new Interaction(userId, item, InteractionKind.Purchase, one.Ticks == 0 ? default : new DateTimeOffset(one.Ticks, TimeSpan.Zero)) { Value = one.Weight });
                }
                else if (one.Weight > 0)
                {
                    later.Add(new UserItem(userId, item));
                }
            }
        }

        return hasEarly && later.Count > 0 ? new DatasetSplit(builder.Build(), [.. later], new DateTimeOffset(cut, TimeSpan.Zero)) : null;
    }
}
