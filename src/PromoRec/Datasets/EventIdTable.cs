using System.Numerics;

namespace PromoRec.Datasets;

/// <summary>Finds the event that has an event id. Ids are kept as 128-bit hashes, in an open-addressing table.</summary>
internal sealed class EventIdTable
{
    private const int FirstLength = 64;

    private UInt128[] _hashes = [];
    private int[] _events = []; // index + 1, or 0 where free
    private int _count;

    /// <summary>Remembers an event under its id.</summary>
    /// <param name="hash">Hash of the id.</param>
    /// <param name="index">Index of the event.</param>
    /// <param name="earlier">If the id is there already, the index of its event.</param>
    public bool TryAdd(UInt128 hash, int index, out int earlier)
    {
        if (_count >= _events.Length / 4 * 3)
        {
            Grow();
        }

        int slot = FindSlot(hash);
        earlier = _events[slot] - 1;
        if (earlier >= 0)
        {
            return false;
        }

        _hashes[slot] = hash;
        _events[slot] = index + 1;
        _count++;
        return true;
    }

    private int FindSlot(UInt128 hash)
    {
        int mask = _events.Length - 1;
        int slot = (int)(ulong)hash & mask;
        while (_events[slot] != 0 && _hashes[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        (UInt128[] hashes, int[] events) = (_hashes, _events);
        uint length = events.Length == 0 ? FirstLength : BitOperations.RoundUpToPowerOf2((uint)events.Length + 1);
        if (length > (uint)Array.MaxLength)
        {
            throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"More than {_count} events have an event id. Add such events without one, or leave out old events.");
        }

        _hashes = new UInt128[length];
        _events = new int[length];
        for (int i = 0; i < events.Length; i++)
        {
            if (events[i] != 0)
            {
                int slot = FindSlot(hashes[i]);
                _hashes[slot] = hashes[i];
                _events[slot] = events[i];
            }
        }
    }
}
