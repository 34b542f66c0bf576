using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PromoRec.Push.Ledger;

/// <summary>Reads what <see cref="PackedWriter"/> has written, and refuses everything else.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Corrupt("a number is longer than 64 bits");
        return 0;
    }

    public long Signed()
    {
        ulong value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Bits64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public UInt128 Bits128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public string Text() => Encoding.UTF8.GetString(Take(Count(1)));

    /// <summary>Reads how many parts follow, each of at least some bytes: a count that the rest cannot hold is refused before anything is allocated.</summary>
    public int Count(int leastBytes)
    {
        ulong count = Number();
        if (count > (ulong)((_bytes.Length - _position) / leastBytes))
        {
            Corrupt("a count is larger than what follows");
        }

        return (int)count;
    }

    public DateTimeOffset Instant(long ticks)
    {
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            Corrupt("an instant lies outside of the calendar");
        }

        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public readonly void ThrowIfNotAtEnd()
    {
        if (_position != _bytes.Length)
        {
            Corrupt("bytes follow after its end");
        }
    }

    [DoesNotReturn]
    public readonly void Corrupt(string fault) => throw new LedgerUnavailableException(
        LedgerFault.Corrupt,
        $"A customer's account in the ledger cannot be read: {fault}, at byte {_position} of {_bytes.Length}. Nothing was changed; restore the store from a backup.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            Corrupt("it ends too early");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
