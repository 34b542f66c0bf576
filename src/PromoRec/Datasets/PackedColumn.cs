using System.Buffers.Binary;
using System.Numerics;

namespace PromoRec.Datasets;

/// <summary>How a column of whole numbers lies in a buffer, each number in as many bits as the spread of all of them needs.</summary>
/// <remarks>
/// A number is Least + q · Step, and q has <see cref="Width"/> bits. The step is the greatest common divisor of all differences, so that
/// times of whole seconds are counted in seconds, and what is the same everywhere takes no bit at all.
/// </remarks>
/// <param name="Least">The smallest number.</param>
/// <param name="Step">What all differences are multiples of, as an unsigned number; 0 where there are none.</param>
/// <param name="Width">Bits of a q: 0 to <see cref="WidestShifted"/>, or 64.</param>
/// <param name="Start">First byte of the column in its buffer.</param>
internal readonly record struct PackedColumn(long Least, ulong Step, int Width, int Start)
{
    /// <summary>Bytes that a buffer has behind its last column, because a number is read eight bytes at a time.</summary>
    public const int Slack = sizeof(ulong);

    // A number begins up to seven bits into the eight bytes that are read for it.
    private const int WidestShifted = 57;
    private const int Whole = 64;

    /// <summary>How some numbers, at least one, are packed best.</summary>
    public static PackedColumn For(ReadOnlySpan<long> numbers, int start)
    {
        (long least, long most) = (numbers[0], numbers[0]);
        foreach (long number in numbers)
        {
            least = Math.Min(least, number);
            most = Math.Max(most, number);
        }

        ulong step = 0;
        for (int i = 0; i < numbers.Length && step != 1; i++)
        {
            // Unsigned, because the difference of two 64-bit numbers may have 64 bits itself.
            ulong difference = (ulong)numbers[i] - (ulong)least;
            step = step == 0 || difference % step != 0 ? GreatestCommonDivisor(step, difference) : step;
        }

        int width = step == 0 ? 0 : Whole - BitOperations.LeadingZeroCount(((ulong)most - (ulong)least) / step);
        return new PackedColumn(least, step, width > WidestShifted ? Whole : width, start);
    }

    /// <summary>Bytes that some numbers take.</summary>
    public int LengthOf(int count) => (int)((((long)count * Width) + 7) / 8);

    /// <summary>Writes all numbers. Up to eight bytes behind the column are set to zero, so the columns of a buffer are written in their order.</summary>
    public void Write(ReadOnlySpan<long> numbers, Span<byte> buffer)
    {
        if (Width == 0)
        {
            return;
        }

        Span<byte> place = buffer[Start..];
        ulong word = 0;
        int filled = 0;
        foreach (long number in numbers)
        {
            ulong q = (ulong)number - (ulong)Least;
            q = Step == 1 ? q : q / Step;
            word |= q << filled;
            filled += Width;
            if (filled >= Whole)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(place, word);
                place = place[sizeof(ulong)..];
                filled -= Whole;
                word = filled == 0 ? 0 : q >> (Width - filled);
            }
        }

        BinaryPrimitives.WriteUInt64LittleEndian(place, word);
    }

    /// <summary>One number.</summary>
    public long Read(ReadOnlySpan<byte> buffer, int index)
    {
        if (Width == 0)
        {
            return Least;
        }

        long bit = (8L * Start) + ((long)index * Width);
        ulong q = BinaryPrimitives.ReadUInt64LittleEndian(buffer[(int)(bit >> 3)..]) >> (int)(bit & 7);
        return Least + (long)((q & (ulong.MaxValue >> (Whole - Width))) * Step);
    }

    /// <summary>All numbers, as many as there is room for.</summary>
    public void Read(ReadOnlySpan<byte> buffer, Span<long> numbers)
    {
        if (Width == 0)
        {
            numbers.Fill(Least);
            return;
        }

        (ulong mask, ulong step, long least, int width) = (ulong.MaxValue >> (Whole - Width), Step, Least, Width);
        long bit = 8L * Start;
        for (int i = 0; i < numbers.Length; i++)
        {
            ulong q = BinaryPrimitives.ReadUInt64LittleEndian(buffer[(int)(bit >> 3)..]) >> (int)(bit & 7);
            numbers[i] = least + (long)((q & mask) * step);
            bit += width;
        }
    }

    /// <summary>Some of the numbers, as many as there are indices.</summary>
    public void Read(ReadOnlySpan<byte> buffer, ReadOnlySpan<ushort> indices, Span<long> numbers)
    {
        numbers = numbers[..indices.Length];
        if (Width == 0)
        {
            numbers.Fill(Least);
            return;
        }

        (ulong mask, ulong step, long least, int width) = (ulong.MaxValue >> (Whole - Width), Step, Least, Width);
        buffer = buffer[Start..];
        for (int i = 0; i < indices.Length; i++)
        {
            int bit = indices[i] * width;
            ulong q = BinaryPrimitives.ReadUInt64LittleEndian(buffer[(bit >> 3)..]) >> (bit & 7);
            numbers[i] = least + (long)((q & mask) * step);
        }
    }

    private static ulong GreatestCommonDivisor(ulong x, ulong y)
    {
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return x;
    }
}
