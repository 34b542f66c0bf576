using System.Buffers;
using System.Numerics;
using System.Text;

namespace PromoRec.Datasets;

/// <summary>Gives every id of one kind a dense row, 0 to count - 1, in ordinal order of the ids, and finds it again.</summary>
/// <remarks>
/// Because rows stand in ordinal order, comparing rows compares ids. The ids are one UTF-8 blob with offsets and an open-addressing
/// hash table over them: three flat pieces that a model file holds as they are, so that a mapped model of a million customers
/// is ready without building anything. Lookups allocate nothing.
/// </remarks>
internal sealed class IdIndex
{
    private const int StackLimit = 512;

    private readonly ReadOnlyMemory<byte> _text;
    private readonly ReadOnlyMemory<long> _offsets;
    private readonly ReadOnlyMemory<int> _slots;
    private readonly string?[] _decoded;

    /// <summary>An index over pieces that were built before, a mapped file's for instance.</summary>
    /// <param name="text">The ids in UTF-8, one after the other, in ordinal order.</param>
    /// <param name="offsets">count + 1 offsets into <paramref name="text"/>, ascending from 0.</param>
    /// <param name="slots">The hash table: row + 1, or 0 where free. A power of two, and more than count.</param>
    public IdIndex(ReadOnlyMemory<byte> text, ReadOnlyMemory<long> offsets, ReadOnlyMemory<int> slots)
    {
        if (offsets.Length == 0 || offsets.Span[^1] != text.Length || !BitOperations.IsPow2(slots.Length) || slots.Length < offsets.Length)
        {
            throw new ArgumentException($"{offsets.Length} offsets and {slots.Length} slots over {text.Length} bytes do not make an id index.", nameof(offsets));
        }

        _text = text;
        _offsets = offsets;
        _slots = slots;
        _decoded = new string?[offsets.Length - 1];
    }

    public static IdIndex Empty { get; } = FromSorted([]);

    public int Count => _offsets.Length - 1;

    public ReadOnlyMemory<byte> Text => _text;

    public ReadOnlyMemory<long> Offsets => _offsets;

    public ReadOnlyMemory<int> Slots => _slots;

    /// <summary>Builds an index from distinct ids in ordinal order.</summary>
    public static IdIndex FromSorted(ReadOnlySpan<IdValue> ids)
    {
        var offsets = new long[ids.Length + 1];
        var text = new ArrayBufferWriter<byte>();
        for (int row = 0; row < ids.Length; row++)
        {
            if (row > 0 && ids[row - 1].CompareTo(ids[row]) >= 0)
            {
                throw new ArgumentException($"Ids must be distinct and in ordinal order, but those at {row - 1} and {row} are not.", nameof(ids));
            }

            text.Advance(ids[row].WriteUtf8(text.GetSpan(ids[row].MaxUtf8Length)));
            offsets[row + 1] = text.WrittenCount;
        }

        // At most half full, so that a probe seldom takes more than two steps.
        var slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, ids.Length * 2L))];
        int mask = slots.Length - 1;
        for (int row = 0; row < ids.Length; row++)
        {
            uint hash = Hash(text.WrittenSpan[(int)offsets[row]..(int)offsets[row + 1]]);
            int slot = (int)(hash & (uint)mask);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = row + 1;
        }

        return new IdIndex(text.WrittenMemory.ToArray(), offsets, slots);
    }

    public bool TryGetRow(IdValue id, out int row)
    {
        int bound = id.MaxUtf8Length;
        if (bound > StackLimit)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(bound);
            bool found = TryGetRow(rented.AsSpan(0, id.WriteUtf8(rented)), out row);
            ArrayPool<byte>.Shared.Return(rented);
            return found;
        }

        Span<byte> utf8 = stackalloc byte[StackLimit];
        return TryGetRow(utf8[..id.WriteUtf8(utf8)], out row);
    }

    /// <summary>The id of a row. The text of a row is decoded once and then kept.</summary>
    public IdValue IdAt(int row)
    {
        if (_decoded[row] is not { } text)
        {
            text = Encoding.UTF8.GetString(Utf8At(row));
            _decoded[row] = text;
        }

        return new IdValue(text, nameof(row));
    }

    public ReadOnlySpan<byte> Utf8At(int row)
    {
        ReadOnlySpan<long> offsets = _offsets.Span;
        return _text.Span[(int)offsets[row]..(int)offsets[row + 1]];
    }

    private bool TryGetRow(ReadOnlySpan<byte> utf8, out int row)
    {
        ReadOnlySpan<int> slots = _slots.Span;
        int mask = slots.Length - 1;
        int slot = (int)(Hash(utf8) & (uint)mask);

        // A damaged table could be full or point anywhere: the walk is bounded and every row checked.
        for (int step = 0; step < slots.Length; step++, slot = (slot + 1) & mask)
        {
            row = slots[slot] - 1;
            if (row < 0)
            {
                return false;
            }

            if (row < Count && Utf8At(row).SequenceEqual(utf8))
            {
                return true;
            }
        }

        row = -1;
        return false;
    }

    /// <summary>FNV-1a with a final mix: part of the artifact format, so it never changes.</summary>
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        uint hash = 2166136261;
        foreach (byte b in utf8)
        {
            hash = (hash ^ b) * 16777619;
        }

        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        return hash;
    }
}
