using System.Text;

namespace PromoRec.Datasets.Features;

/// <summary>The hash that places texts in columns. Model files rest on it, so it never changes.</summary>
/// <remarks>
/// FNV-1a, 64 bits, over UTF-8 (Fowler, Noll and Vo; RFC 9923), folded by the finalizer of MurmurHash3 (Appleby), because the low bits of
/// FNV alone are weak. Half of a surrogate pair counts as U+FFFD.
/// </remarks>
internal static class FeatureHash
{
    public const ulong Start = 0xCBF29CE484222325;

    /// <summary>Stands between a name and a value, and between values; no name holds it.</summary>
    public const byte Separator = 0x1F;

    public static ulong Append(ulong hash, byte value) => (hash ^ value) * 0x100000001B3;

    public static ulong Append(ulong hash, string text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                hash = Append(hash, value);
            }
        }

        return hash;
    }

    /// <summary>A number from 0 up to, not including, 2^bits.</summary>
    public static int Slot(ulong hash, int bits)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)((hash ^ (hash >> 33)) >> (64 - bits));
    }
}
