using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>Turns stored events into one value a customer and item.</summary>
/// <remarks>
/// <para>Customers are divided, in their final order, into ranges of about as many events. A range is worked on by one thread, which unpacks
/// the events of its customers and writes what comes of them behind one another. So nothing is in memory at once but the events, the result, one range a thread, and
/// where the events of the next few ranges stand. Which thread works on which range makes no difference.</para>
/// <para>Every range begins where its result would begin if no two events had the same customer and item; the gaps are closed at the end.</para>
/// </remarks>
internal sealed class PairAggregator
{
    /// <summary>Events of a range, unless there are very many: what a thread works on at once then stays in a cache of some megabytes.</summary>
    private const int EventsInRange = 1 << 18;

    private const int MostRanges = 1 << 10;

    /// <summary>Ranges a thread works on between two looks for where their events stand.</summary>
    private const int RangesAtOnce = 4;

    private readonly EventTable _events;
    private readonly EventFilter _filter;
    private readonly int[] _userPlaceOf;
    private readonly int[] _itemPlaceOf;
    private readonly int[] _offerPlaceOf;
    private readonly ValueAggregation _aggregation;

    // For each customer, in final order, where what they did with items would begin; with one more at the end.
    private readonly long[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly int[] _lastDays;
    private readonly long[] _itemStarts;
    private readonly int[] _itemColumns;
    private readonly int[] _valueCounts;
    private readonly int[] _itemCounts;
    private readonly int[] _offerCounts;
    private EventIndex? _index;

    /// <param name="events">All events.</param>
    /// <param name="filter">Says which of them count, and what each weighs.</param>
    /// <param name="userRowAt">Provisional rows of the customers, in final order.</param>
    /// <param name="userPlaceOf">Place of every provisional row in final order.</param>
    /// <param name="itemPlaceOf">The same for items.</param>
    /// <param name="offerPlaceOf">The same for offers.</param>
    /// <param name="aggregation">What becomes of several events of a customer with an item.</param>
    public PairAggregator(EventTable events, EventFilter filter, ReadOnlySpan<int> userRowAt, int[] userPlaceOf, int[] itemPlaceOf, int[] offerPlaceOf, ValueAggregation aggregation)
    {
        _events = events;
        _filter = filter;
        _userPlaceOf = userPlaceOf;
        _itemPlaceOf = itemPlaceOf;
        _offerPlaceOf = offerPlaceOf;
        _aggregation = aggregation;
        _starts = new long[userRowAt.Length + 1];
        _itemStarts = new long[userRowAt.Length + 1];
        for (int place = 0; place < userRowAt.Length; place++)
        {
            _starts[place + 1] = _starts[place] + filter.EventsOfUsers[userRowAt[place]].AboutItems;
            _itemStarts[place + 1] = _itemStarts[place] + filter.EventsOfUsers[userRowAt[place]].ItemsConsumed;
        }

        // Not cleared: memory that is never written is never taken from the system.
        _columns = GC.AllocateUninitializedArray<int>((int)_starts[^1]);
        _values = GC.AllocateUninitializedArray<float>(_columns.Length);
        _lastDays = GC.AllocateUninitializedArray<int>(_columns.Length);
        _itemColumns = GC.AllocateUninitializedArray<int>((int)_itemStarts[^1]);
        _valueCounts = new int[userRowAt.Length];
        _itemCounts = new int[userRowAt.Length];
        _offerCounts = new int[userRowAt.Length];
    }

    /// <summary>Works through all events.</summary>
    /// <exception cref="PromoRecException">A value is too large for single precision.</exception>
    public DatasetPairs Aggregate(ReadOnlySpan<int> userRowAt, int threads, CancellationToken cancellationToken)
    {
        PairRange[] ranges = Ranges(userRowAt, Math.Max(EventsInRange, _events.Count / MostRanges));
        var rangeOf = new ushort[userRowAt.Length];
        for (int range = 0; range < ranges.Length; range++)
        {
            foreach (int row in userRowAt[ranges[range].First..ranges[range].End])
            {
                rangeOf[row] = (ushort)range;
            }
        }

        int atOnce = Math.Min(ranges.Length, RangesAtOnce * threads);
        _index = new EventIndex(_events.Events, rangeOf, atOnce);
        var idle = new ConcurrentStack<Worker>();
        for (int first = 0; first < ranges.Length; first += atOnce)
        {
            int offset = first;
            _index.Find(first, threads, cancellationToken);
            Threads.Run(Math.Min(atOnce, ranges.Length - first), threads, () => range =>
            {
                Worker worker = idle.TryPop(out Worker? used) ? used : new Worker(this);
                worker.Run(ranges[offset + range], offset + range, cancellationToken);
                idle.Push(worker);
            }, cancellationToken);
        }

        int count = CloseGaps(ranges);
        bool isAnyDayKnown = _lastDays.AsSpan(0, count).ContainsAnyExcept(0);
        var values = new PairMatrix(Offsets(_valueCounts), Fitting(_columns, count), Fitting(_values, count));
        PairMatrix? items = Array.TrueForAll(ranges, range => range.ConsumesWhatItValues) ? null : new PairMatrix(Offsets(_itemCounts), Fitting(_itemColumns, JoinItems(ranges)), default);
        var offers = new PairMatrix(Offsets(_offerCounts), ranges.SelectMany(range => range.Offers).ToArray(), default);
        return new DatasetPairs(values, isAnyDayKnown ? Fitting(_lastDays, count) : default, items, offers);
    }

    private PairRange[] Ranges(ReadOnlySpan<int> userRowAt, int eventsInRange)
    {
        List<PairRange> ranges = [];
        int first = 0;
        long kept = 0;
        for (int place = 0; place < userRowAt.Length; place++)
        {
            kept += _filter.EventsOfUsers[userRowAt[place]].Kept;
            if (kept >= eventsInRange || place == userRowAt.Length - 1)
            {
                ranges.Add(new PairRange(first, place + 1));
                (first, kept) = (place + 1, 0);
            }
        }

        return [.. ranges];
    }

    /// <summary>Moves the values of every range to those of the one before it, and counts all.</summary>
    private int CloseGaps(PairRange[] ranges)
    {
        int count = 0;
        foreach (PairRange range in ranges)
        {
            int start = (int)_starts[range.First];
            if (start != count)
            {
                _columns.AsSpan(start, range.ValueCount).CopyTo(_columns.AsSpan(count));
                _values.AsSpan(start, range.ValueCount).CopyTo(_values.AsSpan(count));
                _lastDays.AsSpan(start, range.ValueCount).CopyTo(_lastDays.AsSpan(count));
            }

            range.Start = count;
            count += range.ValueCount;
        }

        return count;
    }

    /// <summary>The beginning of an array, as it is where little of it is left over.</summary>
    private static Memory<T> Fitting<T>(T[] array, int count) => array.Length - count <= array.Length / 8 ? array.AsMemory(0, count) : array.AsSpan(0, count).ToArray();

    /// <summary>The same for the items consumed; those of some ranges are the items with a value.</summary>
    private int JoinItems(PairRange[] ranges)
    {
        int count = 0;
        foreach (PairRange range in ranges)
        {
            ReadOnlySpan<int> own = range.ConsumesWhatItValues ? _columns.AsSpan(range.Start, range.ValueCount) : _itemColumns.AsSpan((int)_itemStarts[range.First], range.ItemCount);
            own.CopyTo(_itemColumns.AsSpan(count));
            count += own.Length;
        }

        return count;
    }

    private static long[] Offsets(int[] counts)
    {
        var offsets = new long[counts.Length + 1];
        for (int row = 0; row < counts.Length; row++)
        {
            offsets[row + 1] = offsets[row] + counts[row];
        }

        return offsets;
    }

    /// <summary>Customers that one thread works on at once, and what comes of their events.</summary>
    /// <param name="first">Place of the first of them.</param>
    /// <param name="end">Place behind the last.</param>
    private sealed class PairRange(int first, int end)
    {
        public int First { get; } = first;

        public int End { get; } = end;

        /// <summary>Number of values.</summary>
        public int ValueCount { get; set; }

        /// <summary>Where they are in the end.</summary>
        public int Start { get; set; }

        /// <summary>Number of items consumed.</summary>
        public int ItemCount { get; set; }

        /// <summary>Whether the items consumed are those with a value, and are not written a second time.</summary>
        public bool ConsumesWhatItValues { get; set; }

        /// <summary>The offers consumed, customer by customer.</summary>
        public int[] Offers { get; set; } = [];
    }

    /// <summary>One thread's scratch, and its work on a range.</summary>
    private sealed class Worker(PairAggregator all)
    {
        private readonly EventScratch _scratch = new(all._events.Events);
        private readonly ItemSorter<Contribution> _sorter = new();
        private readonly List<int> _consumedItems = [];

        // The place above and the offer below.
        private readonly List<ulong> _consumedOffers = [];
        private int[] _next = [];
        private int[] _items = [];
        private Contribution[] _contributions = [];

        public void Run(PairRange range, int number, CancellationToken cancellationToken)
        {
            Collect(range, number, cancellationToken);
            int start = (int)all._starts[range.First];
            int count = 0;
            _consumedItems.Clear();
            for (int place = range.First; place < range.End; place++)
            {
                (int valuesBefore, int itemsBefore) = (count, _consumedItems.Count);
                Range own = ((int)all._starts[place] - start)..((int)all._starts[place + 1] - start);
                count = Combine(_items.AsSpan(own), _contributions.AsSpan(own), start, count);
                all._valueCounts[place] = count - valuesBefore;
                all._itemCounts[place] = _consumedItems.Count - itemsBefore;
            }

            range.ValueCount = count;
            range.Offers = ConsumedOffers();
            Range places = range.First..range.End;
            range.ItemCount = _consumedItems.Count;
            range.ConsumesWhatItValues = all._itemCounts.AsSpan(places).SequenceEqual(all._valueCounts.AsSpan(places))
                && CollectionsMarshal.AsSpan(_consumedItems).SequenceEqual(all._columns.AsSpan(start, count));
            if (!range.ConsumesWhatItValues)
            {
                CollectionsMarshal.AsSpan(_consumedItems).CopyTo(all._itemColumns.AsSpan((int)all._itemStarts[range.First]));
            }
        }

        /// <summary>Deals the events of the range out to their customers.</summary>
        private void Collect(PairRange range, int number, CancellationToken cancellationToken)
        {
            int customers = range.End - range.First;
            int valued = (int)(all._starts[range.End] - all._starts[range.First]);
            if (_items.Length < valued)
            {
                (_items, _contributions) = (new int[valued], new Contribution[valued]);
            }

            _next = _next.Length < customers ? new int[customers] : _next;
            for (int customer = 0; customer < customers; customer++)
            {
                _next[customer] = (int)(all._starts[range.First + customer] - all._starts[range.First]);
            }

            _consumedOffers.Clear();
            EventList events = all._events.Events;
            for (int block = 0; block < events.BlockCount; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (ref readonly StoredEvent stored in events.Read(block, all._index!.Of(block, number), _scratch))
                {
                    int place = all._userPlaceOf[stored.User];
                    Take(stored, place - range.First, place);
                }
            }
        }

        private void Take(in StoredEvent stored, int customer, int place)
        {
            EventFilter filter = all._filter;
            if (!filter.Keeps(stored))
            {
                return;
            }

            bool consumes = filter.IsConsumption(stored);
            if (filter.IsAboutItem(stored))
            {
                int at = _next[customer]++;
                bool hasValue = filter.HasWeight(stored);
                _items[at] = all._itemPlaceOf[stored.Item];
                _contributions[at] = new Contribution(stored.Ticks, hasValue ? filter.Weigh(stored) : 0, hasValue, consumes);
            }

            if (consumes && stored.Offer >= 0)
            {
                _consumedOffers.Add(((ulong)place << 32) | (uint)all._offerPlaceOf[stored.Offer]);
            }
        }

        /// <summary>Combines one customer's contributions, item by item, and writes those that are not zero behind the values of the range.</summary>
        private int Combine(Span<int> items, Span<Contribution> contributions, int start, int count)
        {
            _sorter.Sort(items, contributions);
            for (int first = 0, end; first < items.Length; first = end)
            {
                int item = items[first];
                bool consumes = contributions[first].Consumes;
                for (end = first + 1; end < items.Length && items[end] == item; end++)
                {
                    consumes |= contributions[end].Consumes;
                }

                if (consumes)
                {
                    _consumedItems.Add(item);
                }

                Span<Contribution> valued = Valued(contributions[first..end]);
                double value = valued.IsEmpty ? 0 : Combine(valued);
                if (!float.IsFinite((float)value))
                {
                    throw new PromoRecException(
                        PromoRecErrorCode.InvalidDataset,
                        $"What a customer did with an item comes to {value:R}, but a dataset holds at most {float.MaxValue:R}. Set {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxValue)} or scale the values down.");
                }

                if ((float)value != 0)
                {
                    all._columns[start + count] = item;
                    all._values[start + count] = (float)value;
                    all._lastDays[start + count] = (int)(valued[^1].Ticks / TimeSpan.TicksPerDay);
                    count++;
                }
            }

            return count;
        }

        /// <summary>Those that have a share in the value, by time and then by value, so that the bits of a sum do not depend on the order of arrival.</summary>
        private static Span<Contribution> Valued(Span<Contribution> contributions)
        {
            int count = 0;
            foreach (Contribution contribution in contributions)
            {
                if (contribution.HasValue)
                {
                    contributions[count++] = contribution;
                }
            }

            Span<Contribution> valued = contributions[..count];
            if (count > 1)
            {
                valued.Sort();
            }

            return valued;
        }

        private double Combine(ReadOnlySpan<Contribution> contributions)
        {
            double combined = contributions[^1].Value;
            if (all._aggregation == ValueAggregation.Latest)
            {
                return combined;
            }

            foreach (Contribution contribution in contributions[..^1])
            {
                combined = all._aggregation == ValueAggregation.Sum ? combined + contribution.Value : Math.Max(combined, contribution.Value);
            }

            return combined;
        }

        /// <summary>The offers consumed, ascending and once for each customer; counts how many each has.</summary>
        private int[] ConsumedOffers()
        {
            Span<ulong> consumed = CollectionsMarshal.AsSpan(_consumedOffers);
            consumed.Sort();
            int count = 0;
            for (int i = 0; i < consumed.Length; i++)
            {
                if (count == 0 || consumed[i] != consumed[count - 1])
                {
                    all._offerCounts[(int)(consumed[i] >> 32)]++;
                    consumed[count++] = consumed[i];
                }
            }

            var offers = new int[count];
            for (int i = 0; i < count; i++)
            {
                offers[i] = (int)(uint)consumed[i];
            }

            return offers;
        }
    }

    /// <summary>What one event says of a customer and an item, ordered by time, then value.</summary>
    /// <param name="ticks">When.</param>
    /// <param name="value">Its share in the pair's value, if it has one.</param>
    /// <param name="hasValue">Whether it has one.</param>
    /// <param name="consumes">Whether the customer has the item by it.</param>
    private readonly struct Contribution(long ticks, double value, bool hasValue, bool consumes) : IComparable<Contribution>
    {
        public long Ticks { get; } = ticks;

        public double Value { get; } = value;

        public bool HasValue { get; } = hasValue;

        public bool Consumes { get; } = consumes;

        public int CompareTo(Contribution other)
        {
            int order = Ticks.CompareTo(other.Ticks);
            return order != 0 ? order : Value.CompareTo(other.Value);
        }
    }
}
