namespace PromoRec.Datasets;

/// <summary>Turns stored events into one value a customer and item.</summary>
/// <remarks>
/// Events are dealt out to their customers with a counting sort, and each customer's few are sorted by item. Inside an item they are
/// sorted by time and value before anything is added up, so that the bits of a sum do not depend on the order of arrival.
/// </remarks>
internal sealed class PairAggregator(EventTable events, EventFilter filter, int[] userPlaceOf, CancellationToken cancellationToken)
{
    // Looking at the token for every customer would cost more than a small customer's work.
    private const int CancellationStep = 1024;

    /// <summary>The value of every customer and item pair whose value is not zero.</summary>
    public PairMatrix Values(int[] itemPlaceOf, ValueAggregation aggregation)
    {
        long[] offsets = CountRows<Valued>();
        var items = new int[offsets[^1]];
        var contributions = new Contribution[items.Length];
        long[] next = offsets.AsSpan(..^1).ToArray();
        foreach (ReadOnlyMemory<StoredEvent> block in events.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StoredEvent stored in block.Span)
            {
                if (Valued.Takes(filter, stored))
                {
                    long at = next[userPlaceOf[stored.User]]++;
                    items[at] = itemPlaceOf[stored.Item];
                    contributions[at] = new Contribution(stored.Ticks, filter.Weigh(stored));
                }
            }
        }

        int count = 0;
        long start = 0;
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            ThrowIfCancelled(row);
            Range segment = (int)start..(int)offsets[row + 1];
            start = offsets[row + 1];
            count = Combine(items.AsSpan(segment), contributions.AsSpan(segment), aggregation, items, contributions, count);
            offsets[row + 1] = count;
        }

        var values = new float[count];
        var lastDays = new int[count];
        bool isAnyKnown = false;
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)contributions[i].Value;
            lastDays[i] = (int)(contributions[i].Ticks / TimeSpan.TicksPerDay);
            isAnyKnown |= lastDays[i] != 0;
        }

        return new PairMatrix(offsets, items.Length == count ? items : items[..count], values) { LastDays = isAnyKnown ? lastDays : [] };
    }

    /// <summary>1 for every item that a customer purchased or redeemed.</summary>
    public PairMatrix ConsumedItems(int[] itemPlaceOf) => Consumed<ItemConsumed>(itemPlaceOf);

    /// <summary>1 for every offer that a customer redeemed or purchased.</summary>
    public PairMatrix ConsumedOffers(int[] offerPlaceOf) =>
        offerPlaceOf.Length == 0 ? new PairMatrix(new long[events.Users.Count + 1], [], []) : Consumed<OfferConsumed>(offerPlaceOf);

    private PairMatrix Consumed<TSelector>(int[] placeOf)
        where TSelector : IEventSelector
    {
        long[] offsets = CountRows<TSelector>();
        var columns = new int[offsets[^1]];
        long[] next = offsets.AsSpan(..^1).ToArray();
        foreach (ReadOnlyMemory<StoredEvent> block in events.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StoredEvent stored in block.Span)
            {
                if (TSelector.Takes(filter, stored))
                {
                    columns[next[userPlaceOf[stored.User]]++] = placeOf[TSelector.ColumnOf(stored)];
                }
            }
        }

        int count = 0;
        long start = 0;
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            ThrowIfCancelled(row);
            Span<int> segment = columns.AsSpan((int)start..(int)offsets[row + 1]);
            start = offsets[row + 1];
            segment.Sort();
            for (int i = 0; i < segment.Length; i++)
            {
                // Distinct ones move to the front; the place written never passes the place read.
                if (i == 0 || segment[i] != segment[i - 1])
                {
                    columns[count++] = segment[i];
                }
            }

            offsets[row + 1] = count;
        }

        var ones = new float[count];
        Array.Fill(ones, 1);
        return new PairMatrix(offsets, columns.Length == count ? columns : columns[..count], ones);
    }

    private long[] CountRows<TSelector>()
        where TSelector : IEventSelector
    {
        var offsets = new long[events.Users.Count + 1];
        foreach (ReadOnlyMemory<StoredEvent> block in events.Blocks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StoredEvent stored in block.Span)
            {
                if (TSelector.Takes(filter, stored))
                {
                    offsets[userPlaceOf[stored.User] + 1]++;
                }
            }
        }

        for (int row = 1; row < offsets.Length; row++)
        {
            offsets[row] += offsets[row - 1];
        }

        return offsets;
    }

    /// <summary>Combines one customer's contributions, item by item, and writes those that are not zero to the front of the arrays.</summary>
    private static int Combine(Span<int> items, Span<Contribution> contributions, ValueAggregation aggregation, int[] allItems, Contribution[] allContributions, int count)
    {
        items.Sort(contributions);
        for (int first = 0, end; first < items.Length; first = end)
        {
            int item = items[first];
            for (end = first + 1; end < items.Length && items[end] == item; end++)
            {
            }

            double value = Combine(contributions[first..end], aggregation);
            if (!float.IsFinite((float)value))
            {
                throw new PromoRecException(
                    PromoRecErrorCode.InvalidDataset,
                    $"What a customer did with an item comes to {value:R}, but a dataset holds at most {float.MaxValue:R}. Set {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxValue)} or scale the values down.");
            }

            if ((float)value != 0)
            {
                allItems[count] = item;
                allContributions[count++] = new Contribution(contributions[end - 1].Ticks, value);
            }
        }

        return count;
    }

    private static double Combine(Span<Contribution> contributions, ValueAggregation aggregation)
    {
        if (contributions.Length > 1)
        {
            contributions.Sort();
        }

        double combined = contributions[^1].Value;
        if (aggregation == ValueAggregation.Latest)
        {
            return combined;
        }

        foreach (Contribution contribution in contributions[..^1])
        {
            combined = aggregation == ValueAggregation.Sum ? combined + contribution.Value : Math.Max(combined, contribution.Value);
        }

        return combined;
    }

    private void ThrowIfCancelled(int row)
    {
        if (row % CancellationStep == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One event's share in a pair's value, ordered by time, then value.</summary>
    private readonly record struct Contribution(long Ticks, double Value) : IComparable<Contribution>
    {
        public int CompareTo(Contribution other)
        {
            int order = Ticks.CompareTo(other.Ticks);
            return order != 0 ? order : Value.CompareTo(other.Value);
        }
    }

    /// <summary>Which events make a matrix, and what its columns are. A type, so that the loops are compiled for each.</summary>
    private interface IEventSelector
    {
        static abstract bool Takes(EventFilter filter, in StoredEvent stored);

        static abstract int ColumnOf(in StoredEvent stored);
    }

    private readonly struct Valued : IEventSelector
    {
        public static bool Takes(EventFilter filter, in StoredEvent stored) => stored.Item >= 0 && filter.HasWeight(stored) && filter.Keeps(stored);

        public static int ColumnOf(in StoredEvent stored) => stored.Item;
    }

    private readonly struct ItemConsumed : IEventSelector
    {
        public static bool Takes(EventFilter filter, in StoredEvent stored) => stored.Item >= 0 && filter.IsConsumption(stored) && filter.Keeps(stored);

        public static int ColumnOf(in StoredEvent stored) => stored.Item;
    }

    private readonly struct OfferConsumed : IEventSelector
    {
        public static bool Takes(EventFilter filter, in StoredEvent stored) => stored.Offer >= 0 && filter.IsConsumption(stored) && filter.Keeps(stored);

        public static int ColumnOf(in StoredEvent stored) => stored.Offer;
    }
}
