using System.Buffers.Binary;

namespace PromoRec.Datasets;

/// <summary>The ordinal order of ids, which is that of their UTF-16 forms, over UTF-8 texts.</summary>
internal static class OrdinalText
{
    // Lead bytes of U+E000 to U+FFFF and of everything beyond: the only ones whose order differs between UTF-8 and UTF-16.
    private const byte FirstReordered = 0xEE;
    private const byte FirstSupplementary = 0xF0;

    // Below this many, comparing whole texts is faster than another round.
    private const int FewTexts = 16;

    /// <summary>Compares UTF-8 texts as their UTF-16 forms compare.</summary>
    public static int Compare(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        int same = x.CommonPrefixLength(y);
        if (same == x.Length || same == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        byte a = x[same];
        byte b = y[same];

        // UTF-16 writes what is beyond U+FFFF with surrogates, which are smaller than U+E000.
        return a >= FirstReordered && b >= FirstReordered && (a >= FirstSupplementary) != (b >= FirstSupplementary) ? b.CompareTo(a) : a.CompareTo(b);
    }

    /// <summary>The rows of distinct texts in the order of the texts.</summary>
    /// <param name="text">The texts, one after the other.</param>
    /// <param name="starts">count + 1 offsets into <paramref name="text"/>.</param>
    public static int[] Order(byte[] text, ReadOnlySpan<int> starts)
    {
        var rows = new int[starts.Length - 1];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        Sort(text, starts, rows, new ulong[rows.Length], depth: 0);
        return rows;
    }

    /// <summary>Sorts by eight bytes at a time: ids of one shop often begin alike, and comparing them whole would read that beginning again and again.</summary>
    private static void Sort(byte[] text, ReadOnlySpan<int> starts, Span<int> rows, Span<ulong> keys, int depth)
    {
        if (rows.Length <= FewTexts)
        {
            SortFew(text, starts, rows);
            return;
        }

        bool anyLeft = false;
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<byte> left = text.AsSpan(starts[rows[i]]..starts[rows[i] + 1])[Math.Min(depth, starts[rows[i] + 1] - starts[rows[i]])..];
            keys[i] = KeyOf(left);
            anyLeft |= !left.IsEmpty;
        }

        if (!anyLeft)
        {
            // Distinct texts whose keys never differ are those that end with zero characters; the shorter comes first.
            SortFew(text, starts, rows);
            return;
        }

        keys.Sort(rows);
        for (int first = 0, end; first < rows.Length; first = end)
        {
            for (end = first + 1; end < rows.Length && keys[end] == keys[first]; end++)
            {
            }

            if (end - first > 1)
            {
                Sort(text, starts, rows[first..end], keys[first..end], depth + sizeof(ulong));
            }
        }
    }

    private static void SortFew(byte[] text, ReadOnlySpan<int> starts, Span<int> rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            int row = rows[i];
            ReadOnlySpan<byte> own = text.AsSpan(starts[row]..starts[row + 1]);
            int at = i;
            for (; at > 0 && Compare(text.AsSpan(starts[rows[at - 1]]..starts[rows[at - 1] + 1]), own) > 0; at--)
            {
                rows[at] = rows[at - 1];
            }

            rows[at] = row;
        }
    }

    /// <summary>The first eight bytes as a number of the same order; what is missing counts as zeros.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong) && !text[..sizeof(ulong)].ContainsAnyInRange(FirstReordered, byte.MaxValue))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(text);
        }

        ulong key = 0;
        for (int i = 0; i < sizeof(ulong); i++)
        {
            key = (key << 8) | (i < text.Length ? Reordered(text[i]) : 0UL);
        }

        return key;
    }

    /// <summary>Lead bytes from 0xF0 to 0xF4 come before 0xEE and 0xEF; no others are moved.</summary>
    private static ulong Reordered(byte b) => b < FirstReordered ? b : b >= FirstSupplementary ? b - 2UL : b + 5UL;
}
