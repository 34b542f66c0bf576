using System.Buffers;
using System.Buffers.Binary;
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
    /// <summary>Most ids in an index: the hash table is twice as long and must be one array.</summary>
    public const int MaxCount = 1 << 29;

    private const int StackLimit = 512;

    private readonly ReadOnlyMemory<byte> _text;
    private readonly ReadOnlyMemory<long> _offsets;
    private readonly ReadOnlyMemory<int> _slots;
    private string?[]? _decoded;

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
    }

    public static IdIndex Empty { get; } = FromSorted([]);

    public int Count => _offsets.Length - 1;

    public ReadOnlyMemory<byte> Text => _text;

    public ReadOnlyMemory<long> Offsets => _offsets;

    public ReadOnlyMemory<int> Slots => _slots;

    /// <summary>Whether another index gives the same ids the same rows.</summary>
    public bool HasSameIds(IdIndex other) =>
        ReferenceEquals(this, other) || (_offsets.Span.SequenceEqual(other._offsets.Span) && _text.Span.SequenceEqual(other._text.Span));

    /// <summary>Builds an index from distinct ids in ordinal order.</summary>
    /// <exception cref="PromoRecException">The ids are too long or too many for one index.</exception>
    public static IdIndex FromSorted(ReadOnlySpan<IdValue> ids)
    {
        var offsets = new long[ids.Length + 1];
        for (int row = 0; row < ids.Length; row++)
        {
            if (ids[row].IsEmpty || (row > 0 && ids[row - 1].CompareTo(ids[row]) >= 0))
            {
                throw new ArgumentException($"Ids must be distinct, not empty and in ordinal order, but those at {row - 1} and {row} are not.", nameof(ids));
            }

            offsets[row + 1] = offsets[row] + ids[row].Utf8Length;
        }

        ThrowIfTooLarge(ids.Length, offsets[^1]);
        var text = new byte[offsets[^1]];
        for (int row = 0; row < ids.Length; row++)
        {
            ids[row].WriteUtf8(text.AsSpan((int)offsets[row]..(int)offsets[row + 1]));
        }

        return new IdIndex(text, offsets, SlotsOf(text, offsets));
    }

    /// <summary>Builds an index from some of the ids that a dataset builder numbered.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="rowAt">Their rows in ordinal order.</param>
    /// <param name="isUsed">Which of the places in that order are taken.</param>
    /// <exception cref="PromoRecException">The ids are too many for one index.</exception>
    public static IdIndex FromSorted(ProvisionalRows ids, ReadOnlySpan<int> rowAt, ReadOnlySpan<bool> isUsed)
    {
        var offsets = new long[isUsed.Count(true) + 1];
        int count = 0;
        for (int place = 0; place < rowAt.Length; place++)
        {
            if (isUsed[place])
            {
                offsets[count + 1] = offsets[count] + ids.Utf8At(rowAt[place]).Length;
                count++;
            }
        }

        ThrowIfTooLarge(count, offsets[^1]);
        var text = new byte[offsets[^1]];
        count = 0;
        for (int place = 0; place < rowAt.Length; place++)
        {
            if (isUsed[place])
            {
                ids.Utf8At(rowAt[place]).CopyTo(text.AsSpan((int)offsets[count++]));
            }
        }

        return new IdIndex(text, offsets, SlotsOf(text, offsets));
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

    /// <summary>The id of a row. A number allocates nothing; the text of another id is decoded once and then kept.</summary>
    public IdValue IdAt(int row)
    {
        ReadOnlySpan<byte> utf8 = Utf8At(row);
        if (IdValue.IsCanonicalNumber(utf8, out long number))
        {
            return new IdValue(number);
        }

        string?[] decoded = _decoded ?? Interlocked.CompareExchange(ref _decoded, new string?[Count], null) ?? _decoded;
        return IdValue.FromKnownText(decoded[row] ??= Encoding.UTF8.GetString(utf8));
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
        int slot = (int)Hash(utf8) & mask;

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

    /// <summary>At most half full, so that a probe seldom takes more than two steps.</summary>
    private static int[] SlotsOf(byte[] text, long[] offsets)
    {
        int count = offsets.Length - 1;
        var slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, count * 2))];
        int mask = slots.Length - 1;
        for (int row = 0; row < count; row++)
        {
            int slot = (int)Hash(text.AsSpan((int)offsets[row]..(int)offsets[row + 1])) & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = row + 1;
        }

        return slots;
    }

    public static PromoRecException TooMany(int count) => new(
        PromoRecErrorCode.InvalidDataset, $"There are {count} ids of one kind, but a dataset can hold at most {MaxCount}. Leave out customers or items with few events.");

    public static PromoRecException TooMuchText(long length) => new(
        PromoRecErrorCode.InvalidDataset, $"The ids of one kind take {length} bytes of text, but a dataset can hold at most {Array.MaxLength}. Use shorter ids, numbers for instance.");

    private static void ThrowIfTooLarge(int count, long textLength)
    {
        if (count > MaxCount)
        {
            throw TooMany(count);
        }

        if (textLength > Array.MaxLength)
        {
            throw TooMuchText(textLength);
        }
    }

    /// <summary>Eight bytes a step, multiplied and folded, with a final mix: without a seed part of the artifact format, so it never changes.</summary>
    public static uint Hash(ReadOnlySpan<byte> utf8, ulong seed = 0)
    {
        ulong hash = ((ulong)utf8.Length * 0x9E3779B97F4A7C15) ^ seed;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8));
        }

        ulong tail = 0;
        for (int i = utf8.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | utf8[i];
        }

        return (uint)(Fold(Fold(hash ^ tail)) >> 32);
    }

    public static ulong Fold(ulong hash)
    {
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
