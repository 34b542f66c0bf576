using System.Buffers.Binary;
using PromoRec.Numerics;

namespace PromoRec.Tests.Models;

/// <summary>Damages bytes as disks, networks and editors do.</summary>
internal static class ByteMutator
{
    private static readonly ulong[] Extremes = [0, 1, 2, 7, 8, 9, 63, 64, 100_000_000, 100_000_001, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, 1UL << 63, 0x0A0D0A0D];

    public static byte[] Mutate(byte[] valid, ref SeededRandom random)
    {
        byte[] file = [.. valid];
        int at = random.NextInt32(file.Length);
        int length = 1 + random.NextInt32(Math.Min(64, file.Length - at));
        switch (random.NextInt32(10))
        {
            case 0:
                for (int flips = 1 + random.NextInt32(4); flips > 0; flips--)
                {
                    file[random.NextInt32(file.Length)] ^= (byte)(1 << random.NextInt32(8));
                }

                return file;
            case 1:
                file[at] = (byte)random.NextInt32(256);
                return file;
            case 2:
                int other = random.NextInt32(file.Length);
                (file[at], file[other]) = (file[other], file[at]);
                return file;
            case 3:
                return file[..random.NextInt32(file.Length)];
            case 4:
                byte[] tail = new byte[1 + random.NextInt32(256)];
                Fill(tail, ref random);
                return [.. file, .. tail];
            case 5:
                return [.. file[..at], .. file[(at + length)..]];
            case 6:
                return [.. file[..(at + length)], .. file[at..]];
            case 7:
                Fill(file.AsSpan(at, length), ref random);
                return file;
            case 8:
                file.AsSpan(at, length).Clear();
                return file;
            default:
                WriteLength(file, ref random);
                return file;
        }
    }

    private static void Fill(Span<byte> bytes, ref SeededRandom random)
    {
        foreach (ref byte b in bytes)
        {
            b = (byte)random.NextInt32(256);
        }
    }

    /// <summary>Overwrites eight bytes with a length that is extreme, or near the right one.</summary>
    private static void WriteLength(byte[] file, ref SeededRandom random)
    {
        if (file.Length < sizeof(ulong))
        {
            return;
        }

        int at = random.NextInt32(2) == 0 ? 0 : random.NextInt32(file.Length - sizeof(ulong) + 1);
        ulong length = random.NextInt32(2) == 0
            ? Extremes[random.NextInt32(Extremes.Length)]
            : BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)) + (ulong)(random.NextInt32(129) - 64);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), length);
    }
}
