namespace PromoRec.Datasets;

/// <summary>Deals the events that say something about taste out to their customers, and sorts each customer's by time.</summary>
internal static class EventHistoryCollector
{
    /// <param name="events">All events.</param>
    /// <param name="filter">Says which of them count.</param>
    /// <param name="userRowOf">For each provisional row of a customer the row in the dataset, or -1.</param>
    /// <param name="itemRowOf">For each provisional row of an item the row in the dataset, or -1.</param>
    /// <param name="users">Number of customers in the dataset.</param>
    /// <param name="options">How some of the events become a dataset like this one.</param>
    /// <param name="cancellationToken">Stops between two blocks of events.</param>
    /// <exception cref="PromoRecException">A weight is too large for single precision.</exception>
    public static EventHistory Collect(EventTable events, EventFilter filter, int[] userRowOf, int[] itemRowOf, int users, DatasetOptions options, CancellationToken cancellationToken)
    {
        EventList list = events.Events;
        var scratch = new EventScratch(list);
        var offsets = new long[users + 1];
        for (int block = 0; block < list.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StoredEvent stored in list.Read(block, scratch))
            {
                if (Takes(stored))
                {
                    offsets[userRowOf[stored.User] + 1]++;
                }
            }
        }

        for (int user = 0; user < users; user++)
        {
            offsets[user + 1] += offsets[user];
        }

        var stamped = new StampedEvent[offsets[^1]];
        var kinds = new ushort[stamped.Length];
        long[] next = offsets[..^1];
        long first = 0;
        for (int block = 0; block < list.BlockCount; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StoredEvent stored in list.Read(block, scratch))
            {
                if (Takes(stored))
                {
                    long at = next[userRowOf[stored.User]]++;
                    kinds[at] = stored.Kind;
                    stamped[at] = new StampedEvent(stored.Ticks, itemRowOf[stored.Item], Weight(filter, stored));
                    first = stored.Ticks != 0 && (first == 0 || stored.Ticks < first) ? stored.Ticks : first;
                }
            }
        }

        for (int user = 0; user < users; user++)
        {
            // Which of several equal events has which kind may depend on the order of arrival; which kinds they have does not.
            Range own = (int)offsets[user]..(int)offsets[user + 1];
            stamped.AsSpan(own).Sort(kinds.AsSpan(own));
        }

        return new EventHistory(offsets, stamped, kinds, [.. events.Kinds], options, first, filter.AsOfTicks);

        bool Takes(in StoredEvent stored) =>
            stored.Item >= 0 && filter.Keeps(stored) && filter.HasWeight(stored) && userRowOf[stored.User] >= 0 && itemRowOf[stored.Item] >= 0 && Weight(filter, stored) != 0;
    }

    private static float Weight(EventFilter filter, in StoredEvent stored)
    {
        float weight = (float)filter.WeightOf(stored);
        return float.IsFinite(weight) ? weight : throw new PromoRecException(
            PromoRecErrorCode.InvalidDataset,
            $"An event weighs {filter.WeightOf(stored):R}, but a dataset holds at most {float.MaxValue:R}. Set {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxValue)} or scale the values down.");
    }
}
