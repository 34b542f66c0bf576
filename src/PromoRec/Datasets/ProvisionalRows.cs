using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PromoRec.Datasets;

/// <summary>Numbers ids in the order in which they are first seen, and says afterwards which place each has in ordinal order.</summary>
/// <remarks>
/// Ids are kept as UTF-8, one after the other, under an open-addressing table. An id that is there already allocates nothing, whatever form it
/// comes in. The first sixteen bytes of an id stand in the table itself, so that finding a usual one reads one place of memory and not three.
/// </remarks>
internal sealed class ProvisionalRows
{
    private const int FirstLength = 16;
    private const int MaxSlots = 1 << 30;

    // Clearing more of the stack would take longer than finding the id.
    private const int ShortLimit = 128;

    // Whoever chooses ids cannot choose them to collide.
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private byte[] _text = new byte[FirstLength * 8];
    private int[] _starts = new int[FirstLength + 1];
    private Slot[] _slots = new Slot[FirstLength * 2];

    public int Count { get; private set; }

    /// <summary>The id of a row. A text is made anew each time.</summary>
    public IdValue this[int row] => IdValue.FromKnownUtf8(Utf8At(row));

    public ReadOnlySpan<byte> Utf8At(int row) => _text.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public int GetOrAdd(IdValue id)
    {
        int bound = id.MaxUtf8Length;
        return bound <= ShortLimit ? GetOrAddShort(id) : GetOrAddLong(id, bound);
    }

    /// <exception cref="ArgumentException">The text is new, and is blank, too long or not valid UTF-8.</exception>
    public int GetOrAdd(ReadOnlySpan<byte> utf8, string parameterName) => GetOrAdd(utf8, isChecked: false, parameterName);

    /// <summary>The rows in ordinal order of their ids, and for every row its place there.</summary>
    public (int[] RowAt, int[] PlaceOf) Sort()
    {
        int[] rowAt = OrdinalText.Order(_text, _starts.AsSpan(0, Count + 1));
        var placeOf = new int[rowAt.Length];
        for (int place = 0; place < rowAt.Length; place++)
        {
            placeOf[rowAt[place]] = place;
        }

        return (rowAt, placeOf);
    }

    private int GetOrAddShort(IdValue id)
    {
        Span<byte> utf8 = stackalloc byte[ShortLimit];
        return GetOrAdd(utf8[..id.WriteUtf8(utf8)], isChecked: true, nameof(id));
    }

    private int GetOrAddLong(IdValue id, int bound)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(bound);
        int row = GetOrAdd(rented.AsSpan(0, id.WriteUtf8(rented)), isChecked: true, nameof(id));
        ArrayPool<byte>.Shared.Return(rented);
        return row;
    }

    private int GetOrAdd(ReadOnlySpan<byte> utf8, bool isChecked, string parameterName)
    {
        (ulong first, ulong second) = Head(utf8);
        ulong hash = Hash(utf8, first, second);
        uint tag = Tag(hash, utf8.Length);
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)hash & mask;
        for (; slots[at].Number != 0; at = (at + 1) & mask)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.Tag == tag && slot.First == first && slot.Second == second && (utf8.Length <= Slot.HeadLength || Utf8At(slot.Number - 1).SequenceEqual(utf8)))
            {
                return slot.Number - 1;
            }
        }

        if (!isChecked)
        {
            // What was accepted once is equal to nothing that would not be.
            IdValue.ThrowIfNotAnId(utf8, parameterName);
        }

        Append(utf8);
        slots[at] = new Slot(first, second, tag, Count);
        if (Count > slots.Length / 4 * 3)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        int end = _starts[Count];
        if (utf8.Length > Array.MaxLength - end)
        {
            throw IdIndex.TooMuchText((long)end + utf8.Length);
        }

        if (utf8.Length > _text.Length - end)
        {
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(2L * _text.Length, (long)end + utf8.Length)));
        }

        if (Count + 1 == _starts.Length)
        {
            Array.Resize(ref _starts, (2 * Count) + 1);
        }

        utf8.CopyTo(_text.AsSpan(end));
        Count++;
        _starts[Count] = end + utf8.Length;
    }

    private void Grow()
    {
        if (_slots.Length >= MaxSlots)
        {
            throw IdIndex.TooMany(Count);
        }

        var longer = new Slot[_slots.Length * 2];
        int mask = longer.Length - 1;
        foreach (ref readonly Slot slot in _slots.AsSpan())
        {
            if (slot.Number != 0)
            {
                int at = (int)Hash(Utf8At(slot.Number - 1), slot.First, slot.Second) & mask;
                while (longer[at].Number != 0)
                {
                    at = (at + 1) & mask;
                }

                longer[at] = slot;
            }
        }

        _slots = longer;
    }

    /// <summary>The first sixteen bytes as two numbers, zeros where there are fewer.</summary>
    private static (ulong First, ulong Second) Head(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length;
        if (length >= Slot.HeadLength)
        {
            return (BinaryPrimitives.ReadUInt64LittleEndian(utf8), BinaryPrimitives.ReadUInt64LittleEndian(utf8[sizeof(ulong)..]));
        }

        if (length > sizeof(ulong))
        {
            // The last eight bytes begin with some of the first eight, which are shifted out.
            return (BinaryPrimitives.ReadUInt64LittleEndian(utf8), BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]) >> (8 * (Slot.HeadLength - length)));
        }

        if (length >= sizeof(uint))
        {
            // What the first and the last four bytes have in common lies in the same place of both.
            return (BinaryPrimitives.ReadUInt32LittleEndian(utf8) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(utf8[^sizeof(uint)..]) << (8 * (length - sizeof(uint)))), 0);
        }

        ulong head = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            head = (head << 8) | utf8[i];
        }

        return (head, 0);
    }

    private ulong Hash(ReadOnlySpan<byte> utf8, ulong first, ulong second)
    {
        ulong hash = IdIndex.Fold(IdIndex.Fold(_seed ^ first ^ ((ulong)utf8.Length << 56)) ^ second);
        return utf8.Length <= Slot.HeadLength ? hash : IdIndex.Fold(hash ^ IdIndex.Hash(utf8[Slot.HeadLength..], _seed));
    }

    /// <summary>What tells most ids apart that have the same head or place: some bits of the hash that the place does not take, and the length.</summary>
    private static uint Tag(ulong hash, int length) => ((uint)(hash >> 32) & ~0xFFu) | (uint)Math.Min(length, byte.MaxValue);

    /// <param name="First">The first eight bytes of the id.</param>
    /// <param name="Second">The eight bytes after them.</param>
    /// <param name="Tag">See <see cref="ProvisionalRows.Tag"/>.</param>
    /// <param name="Number">The row + 1; 0 where the slot is free.</param>
    private readonly record struct Slot(ulong First, ulong Second, uint Tag, int Number)
    {
        public const int HeadLength = 2 * sizeof(ulong);
    }
}
