namespace PromoRec.Datasets;

/// <summary>Sorts what one customer did by item. Not thread-safe: it keeps its scratch.</summary>
/// <remarks>
/// Few entries are inserted one by one; many are distributed by the digits of their items, lowest first, in base 256, which compares nothing:
/// a pass counts each digit, makes the counts places, and puts every entry at its place.
/// </remarks>
internal sealed class ItemSorter<T>
    where T : struct
{
    private const int FewEntries = 40;
    private const int Base = 256;

    private ulong[] _keys = [];
    private ulong[] _other = [];
    private T[] _values = [];

    public void Sort(Span<int> items, Span<T> values)
    {
        if (items.Length > FewEntries)
        {
            Distribute(items, values);
            return;
        }

        for (int i = 1; i < items.Length; i++)
        {
            (int item, T value) = (items[i], values[i]);
            int at = i;
            for (; at > 0 && items[at - 1] > item; at--)
            {
                items[at] = items[at - 1];
                values[at] = values[at - 1];
            }

            (items[at], values[at]) = (item, value);
        }
    }

    private void Distribute(Span<int> items, Span<T> values)
    {
        if (_keys.Length < items.Length)
        {
            int length = (int)Math.Min(Array.MaxLength, Math.Max(2L * _keys.Length, items.Length));
            (_keys, _other, _values) = (new ulong[length], new ulong[length], new T[length]);
        }

        // The item above, and below where its value stands: the values move once, at the end.
        Span<ulong> keys = _keys.AsSpan(0, items.Length);
        Span<ulong> other = _other.AsSpan(0, items.Length);
        uint all = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)(uint)items[i] << 32) | (uint)i;
            all |= (uint)items[i];
        }

        for (int shift = 0; shift < 32 && all >> shift != 0; shift += 8)
        {
            Pass(keys, other, shift + 32);
            Span<ulong> sorted = other;
            other = keys;
            keys = sorted;
        }

        Span<T> unsorted = _values.AsSpan(0, items.Length);
        values.CopyTo(unsorted);
        for (int i = 0; i < keys.Length; i++)
        {
            items[i] = (int)(keys[i] >> 32);
            values[i] = unsorted[(int)(uint)keys[i]];
        }
    }

    private static void Pass(ReadOnlySpan<ulong> keys, Span<ulong> sorted, int shift)
    {
        Span<int> places = stackalloc int[Base];
        places.Clear();
        foreach (ulong key in keys)
        {
            places[(byte)(key >> shift)]++;
        }

        int place = 0;
        foreach (ref int digit in places)
        {
            (digit, place) = (place, place + digit);
        }

        foreach (ulong key in keys)
        {
            sorted[places[(byte)(key >> shift)]++] = key;
        }
    }
}
