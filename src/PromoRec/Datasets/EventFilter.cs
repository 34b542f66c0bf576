using PromoRec.Interactions;
using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>Decides which events count, and what each weighs. Made once a build, when the time of the data is known.</summary>
internal sealed class EventFilter
{
    private readonly long _asOfTicks;
    private readonly double _maxValue;
    private readonly InteractionWeight[] _weights;
    private readonly bool[] _consumes;
    private readonly bool[]? _knownItems;
    private readonly bool[]? _knownOffers;
    private bool[]? _outliers;
    private UserEvents[] _userEvents = [];

    private EventFilter(EventTable events, DatasetOptions options, long asOfTicks)
    {
        _asOfTicks = asOfTicks;
        _maxValue = options.MaxValue ?? double.MaxValue;
        _weights = [.. events.Kinds.Select(kind => options.Weights[kind])];
        _consumes = [.. events.Kinds.Select(kind => kind == InteractionKind.Purchase || kind == InteractionKind.Redeem)];
        _knownItems = Known(events.Items, options.KnownItems is { } items ? id => items.Contains(new ItemId(id)) : null);
        _knownOffers = Known(events.Offers, options.KnownOffers is { } offers ? id => offers.Contains(new OfferId(id)) : null);
    }

    /// <summary>Looks through all events, counts what is left out and why, and returns who decides from here on.</summary>
    public static (EventFilter Filter, DataQualityReport Report) Create(EventTable events, DatasetOptions options, int threads, CancellationToken cancellationToken)
    {
        (long first, long last) = TimeRange(events.Events, threads, cancellationToken);
        long asOf = options.AsOf?.UtcTicks ?? last;
        var filter = new EventFilter(events, options, asOf);
        DataQualityReport counts = filter.Count(events, threads, cancellationToken);
        int outliers = filter._userEvents.Count(one => one.Kept > options.MaxEventsPerUser);
        if (outliers > 0 && options.ExcludeOutlierUsers)
        {
            filter._outliers = Array.ConvertAll(filter._userEvents, one => one.Kept > options.MaxEventsPerUser);
            counts = filter.Count(events, threads, cancellationToken);
        }

        return (filter, counts with
        {
            Events = events.Count + events.Duplicates,
            Duplicates = events.Duplicates,
            OutlierUsers = outliers,
            First = Time(first),
            Last = Time(last),
            AsOf = Time(asOf),
        });
    }

    /// <summary>How many events of each customer, by provisional row, count for what.</summary>
    public ReadOnlySpan<UserEvents> EventsOfUsers => _userEvents;

    public bool Keeps(in StoredEvent stored) => !IsOrphan(stored) && !IsFuture(stored) && !IsOutlier(stored);

    /// <summary>Whether the customer has by this event what it names. A negative value is a return, not a purchase.</summary>
    public bool IsConsumption(in StoredEvent stored) => _consumes[stored.Kind] && stored.Value >= 0;

    /// <summary>Whether a kept event says something about an item: how much the customer likes it, or that they have it.</summary>
    public bool IsAboutItem(in StoredEvent stored) => stored.Item >= 0 && (HasWeight(stored) || IsConsumption(stored));

    public bool HasWeight(in StoredEvent stored) => _weights[stored.Kind].Weight != 0;

    /// <summary>The time at which the data is taken, in UTC ticks.</summary>
    public long AsOfTicks => _asOfTicks;

    /// <summary>Weight of the kind times the value, cut to the limit.</summary>
    public double WeightOf(in StoredEvent stored) => _weights[stored.Kind].Weight * Math.Clamp(stored.Value, -_maxValue, _maxValue);

    /// <summary>Weight of the kind times the value, cut to the limit, times what age has left of it.</summary>
    public double Weigh(in StoredEvent stored)
    {
        ref readonly InteractionWeight weight = ref _weights[stored.Kind];
        double value = WeightOf(stored);
        return weight.HalfLife is { } halfLife && stored.Ticks != 0
            ? value * HalfLifeDecay.At(_asOfTicks - stored.Ticks, halfLife.Ticks, weight.Floor)
            : value;
    }

    private bool IsOrphan(in StoredEvent stored) =>
        (_knownItems is not null && stored.Item >= 0 && !_knownItems[stored.Item]) || (_knownOffers is not null && stored.Offer >= 0 && !_knownOffers[stored.Offer]);

    private bool IsFuture(in StoredEvent stored) => stored.Ticks > _asOfTicks;

    private bool IsOutlier(in StoredEvent stored) => _outliers is not null && _outliers[stored.User];

    private static (long First, long Last) TimeRange(EventList events, int threads, CancellationToken cancellationToken)
    {
        var ranges = new (long First, long Last)[events.BlockCount];
        Threads.Run(events.BlockCount, threads, () =>
        {
            var scratch = new EventScratch(events);
            return block =>
            {
                (long first, long last) = (long.MaxValue, 0);
                foreach (ref readonly StoredEvent stored in events.Read(block, scratch))
                {
                    if (stored.Ticks != 0)
                    {
                        first = Math.Min(first, stored.Ticks);
                        last = Math.Max(last, stored.Ticks);
                    }
                }

                ranges[block] = (first, last);
            };
        }, cancellationToken);
        long last = ranges.Max(range => range.Last);
        return (last == 0 ? 0 : ranges.Min(range => range.First), last);
    }

    /// <summary>Counts events by cause and by customer. Sums of whole numbers do not depend on who adds them when.</summary>
    private DataQualityReport Count(EventTable events, int threads, CancellationToken cancellationToken)
    {
        _userEvents = new UserEvents[events.Users.Count];
        var counts = new DataQualityReport[events.Events.BlockCount];
        Threads.Run(counts.Length, threads, () =>
        {
            var scratch = new EventScratch(events.Events);
            return block => counts[block] = Count(events.Events.Read(block, scratch));
        }, cancellationToken);
        return new DataQualityReport
        {
            ConflictingDuplicates = counts.Sum(one => one.ConflictingDuplicates),
            Orphans = counts.Sum(one => one.Orphans),
            FutureTimes = counts.Sum(one => one.FutureTimes),
            OutlierUserEvents = counts.Sum(one => one.OutlierUserEvents),
            Kept = counts.Sum(one => one.Kept),
            OutlierValues = counts.Sum(one => one.OutlierValues),
            Weightless = counts.Sum(one => one.Weightless),
            UnknownTimes = counts.Sum(one => one.UnknownTimes),
        };
    }

    private DataQualityReport Count(ReadOnlySpan<StoredEvent> events)
    {
        long conflicts = 0, orphans = 0, future = 0, outlierEvents = 0, kept = 0, outlierValues = 0, weightless = 0, unknownTimes = 0;
        foreach (ref readonly StoredEvent stored in events)
        {
            conflicts += stored.Conflicts ? 1 : 0;
            if (IsOrphan(stored))
            {
                orphans++;
            }
            else if (IsFuture(stored))
            {
                future++;
            }
            else if (IsOutlier(stored))
            {
                outlierEvents++;
            }
            else
            {
                kept++;
                outlierValues += Math.Abs(stored.Value) > _maxValue ? 1 : 0;
                weightless += HasWeight(stored) ? 0 : 1;
                unknownTimes += stored.Ticks == 0 ? 1 : 0;
                ref UserEvents own = ref _userEvents[stored.User];
                Interlocked.Increment(ref own.Kept);
                if (IsAboutItem(stored))
                {
                    Interlocked.Increment(ref own.AboutItems);
                    if (IsConsumption(stored))
                    {
                        Interlocked.Increment(ref own.ItemsConsumed);
                    }
                }
            }
        }

        return new DataQualityReport
        {
            ConflictingDuplicates = conflicts,
            Orphans = orphans,
            FutureTimes = future,
            OutlierUserEvents = outlierEvents,
            Kept = kept,
            OutlierValues = outlierValues,
            Weightless = weightless,
            UnknownTimes = unknownTimes,
        };
    }

    private static bool[]? Known(ProvisionalRows ids, Func<IdValue, bool>? isKnown)
    {
        if (isKnown is null)
        {
            return null;
        }

        var known = new bool[ids.Count];
        for (int row = 0; row < known.Length; row++)
        {
            known[row] = isKnown(ids[row]);
        }

        return known;
    }

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
