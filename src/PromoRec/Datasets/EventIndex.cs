using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>Where in each block the events of each range of customers stand.</summary>
internal sealed class EventIndex
{
    // One array each: thousands of small ones would be copied about by the collector.
    private readonly ushort[] _indices;
    private readonly ushort[] _starts;
    private readonly int _ranges;

    private EventIndex(int events, int blocks, int ranges)
    {
        _indices = GC.AllocateUninitializedArray<ushort>(events);
        _starts = new ushort[checked(blocks * (ranges + 2))];
        _ranges = ranges;
    }

    /// <param name="events">The events.</param>
    /// <param name="rangeOf">The range of every customer, by provisional row.</param>
    /// <param name="ranges">Number of ranges.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public static EventIndex Create(EventList events, ushort[] rangeOf, int ranges, int threads, CancellationToken cancellationToken)
    {
        var index = new EventIndex(events.Count, events.BlockCount, ranges);
        Threads.Run(events.BlockCount, threads, () =>
        {
            var scratch = new EventScratch(events);
            return block => index.Sort(block, events.ReadUsers(block, scratch), rangeOf);
        }, cancellationToken);
        return index;
    }

    /// <summary>The places in a block of a range's events, ascending.</summary>
    public ReadOnlySpan<ushort> Of(int block, int range)
    {
        ReadOnlySpan<ushort> starts = StartsOf(block);
        return _indices.AsSpan((block * EventList.BlockLength) + starts[range], starts[range + 1] - starts[range]);
    }

    /// <summary>A counting sort: each range's events are counted, the counts make places, and every event goes to its place.</summary>
    private void Sort(int block, ReadOnlySpan<long> users, ushort[] rangeOf)
    {
        Span<ushort> starts = StartsOf(block);
        foreach (long user in users)
        {
            starts[rangeOf[user] + 2]++;
        }

        for (int range = 2; range < starts.Length; range++)
        {
            starts[range] += starts[range - 1];
        }

        Span<ushort> indices = _indices.AsSpan(block * EventList.BlockLength, users.Length);
        for (int i = 0; i < users.Length; i++)
        {
            // Where the next event of a range goes; in the end where the next range begins.
            indices[starts[rangeOf[users[i]] + 1]++] = (ushort)i;
        }
    }

    private Span<ushort> StartsOf(int block) => _starts.AsSpan(block * (_ranges + 2), _ranges + 2);
}
