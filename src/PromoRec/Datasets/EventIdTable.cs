namespace PromoRec.Datasets;

/// <summary>Finds the event that has an event id. Ids are kept as 128-bit hashes, in order of arrival, under an open-addressing table.</summary>
internal sealed class EventIdTable
{
    private const int FirstLength = 64;
    private const int MaxLength = 1 << 30;

    private readonly BlockList<UInt128> _hashes = new();
    private readonly BlockList<int> _events = new();

    // Place in the lists + 1 in the lower half, 0 where free; the upper half of a slot is the lower 32 bits of the hash, so that
    // probing and growing read nothing but slots.
    private ulong[] _slots = new ulong[FirstLength];

    /// <summary>Remembers an event under its id, if the id is new.</summary>
    /// <param name="hash">Hash of the id.</param>
    /// <param name="index">Index of the event.</param>
    /// <param name="earlier">If the id is there already, the index of its event.</param>
    public bool TryAdd(UInt128 hash, int index, out int earlier)
    {
        uint tag = (uint)(ulong)hash;
        int slot = (int)tag & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            int place = (int)((uint)_slots[slot] - 1);
            if (_slots[slot] >> 32 == tag && _hashes[place] == hash)
            {
                earlier = _events[place];
                return false;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        _hashes.Add(hash);
        _events.Add(index);
        _slots[slot] = ((ulong)tag << 32) | (uint)_hashes.Count;
        earlier = -1;
        if (_hashes.Count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        return true;
    }

    private void Grow()
    {
        if (_slots.Length == MaxLength)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"{_hashes.Count} events have an event id, which is the most there may be. Leave out old events, or the ids where nothing is delivered twice.");
        }

        var longer = new ulong[_slots.Length * 2];
        foreach (ulong entry in _slots)
        {
            if (entry != 0)
            {
                int slot = (int)(entry >> 32) & (longer.Length - 1);
                while (longer[slot] != 0)
                {
                    slot = (slot + 1) & (longer.Length - 1);
                }

                longer[slot] = entry;
            }
        }

        _slots = longer;
    }
}
