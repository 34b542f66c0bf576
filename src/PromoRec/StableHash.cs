using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PromoRec;

/// <summary>MurmurHash3 x64 128 (Appleby, 2011) over the UTF-16 of a text: the same in every process and on every machine.</summary>
internal static class StableHash
{
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;
    private const int BlockLength = 16;

    /// <summary>128 bits that tell texts apart: among 10 billion texts, the chance that any two have equal hashes is below 1e-18.</summary>
    public static UInt128 Of(ReadOnlySpan<char> text, ulong seed = 0)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text);
        int length = bytes.Length;
        ulong h1 = seed;
        ulong h2 = seed;
        for (; bytes.Length >= BlockLength; bytes = bytes[BlockLength..])
        {
            h1 ^= First(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52DCE729;
            h2 ^= Second(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495AB5;
        }

        if (bytes.Length > 0)
        {
            Span<byte> tail = stackalloc byte[BlockLength];
            tail.Clear();
            bytes.CopyTo(tail);
            h1 ^= First(BinaryPrimitives.ReadUInt64LittleEndian(tail));
            h2 ^= Second(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
        }

        h1 ^= (ulong)length;
        h2 ^= (ulong)length;
        h1 += h2;
        h2 += h1;
        h1 = Mix(h1);
        h2 = Mix(h2);
        h1 += h2;
        h2 += h1;
        return new UInt128(h2, h1);
    }

    /// <summary>Spreads every bit over all 64; one to one.</summary>
    public static ulong Mix(ulong k)
    {
        k = (k ^ (k >> 33)) * 0xFF51AFD7ED558CCD;
        k = (k ^ (k >> 33)) * 0xC4CEB9FE1A85EC53;
        return k ^ (k >> 33);
    }

    private static ulong First(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong Second(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;
}
