using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>Where in each block the events of some ranges of customers stand.</summary>
/// <param name="events">The events.</param>
/// <param name="rangeOf">The range of every customer, by provisional row.</param>
/// <param name="most">How many ranges are looked for at once.</param>
internal sealed class EventIndex(EventList events, ushort[] rangeOf, int most)
{
    private readonly ushort[][] _indices = new ushort[events.BlockCount][];
    private readonly ushort[] _starts = new ushort[checked(events.BlockCount * (most + 2))];
    private int _first;

    /// <summary>Looks for the events of as many ranges as are looked for at once, and forgets those before.</summary>
    public void Find(int firstRange, int threads, CancellationToken cancellationToken)
    {
        _first = firstRange;
        Threads.Run(events.BlockCount, threads, () =>
        {
            var scratch = new EventScratch(events);
            return block => Sort(block, events.ReadUsers(block, scratch));
        }, cancellationToken);
    }

    /// <summary>The places in a block of a range's events, ascending.</summary>
    public ReadOnlySpan<ushort> Of(int block, int range)
    {
        ReadOnlySpan<ushort> starts = StartsOf(block)[(range - _first)..];
        return _indices[block].AsSpan(starts[0]..starts[1]);
    }

    /// <summary>A counting sort: each range's events are counted, the counts make places, and every event goes to its place.</summary>
    private void Sort(int block, ReadOnlySpan<long> users)
    {
        Span<ushort> starts = StartsOf(block);
        starts.Clear();
        foreach (long user in users)
        {
            int range = rangeOf[user] - _first;
            if ((uint)range < (uint)most)
            {
                starts[range + 2]++;
            }
        }

        for (int range = 2; range < starts.Length; range++)
        {
            starts[range] += starts[range - 1];
        }

        ushort[] indices = _indices[block] ?? [];
        if (indices.Length < starts[^1])
        {
            // A little more, so that the next ranges fit too.
            _indices[block] = indices = new ushort[Math.Min(users.Length, starts[^1] + (starts[^1] / 4))];
        }

        for (int i = 0; i < users.Length; i++)
        {
            int range = rangeOf[users[i]] - _first;
            if ((uint)range < (uint)most)
            {
                // Where the next event of a range goes; in the end where the next range begins.
                indices[starts[range + 1]++] = (ushort)i;
            }
        }
    }

    private Span<ushort> StartsOf(int block) => _starts.AsSpan(block * (most + 2), most + 2);
}
