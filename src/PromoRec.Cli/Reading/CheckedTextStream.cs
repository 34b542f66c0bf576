using System.Text;
using System.Text.Unicode;

namespace PromoRec.Cli.Reading;

/// <summary>Passes text on and refuses what is not UTF-8, with the line. Damage below it (gzip, disk) becomes an <see cref="InputException"/> too.</summary>
internal sealed class CheckedTextStream : ForwardStream
{
    private const int LongestSequence = 4;

    private readonly string _path;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _checked;
    private int _end;
    private bool _ended;
    private bool _begun;
    private long _lines;

    public CheckedTextStream(string path, Stream inner)
        : base(inner) => _path = path;

    /// <summary>The beginning of the text, without taking it: up to 64 KiB, empty only when there is none.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        FillIfEmpty();
        return _buffer.AsSpan(_start, _checked - _start);
    }

    public override int Read(Span<byte> buffer)
    {
        FillIfEmpty();
        int count = Math.Min(buffer.Length, _checked - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private void FillIfEmpty()
    {
        while (_start == _checked && !_ended)
        {
            // What is left is the beginning of a character that the last block cut.
            int cut = _end - _checked;
            _buffer.AsSpan(_checked, cut).CopyTo(_buffer);
            _start = 0;
            _checked = 0;
            _end = cut;
            int read = ReadInner(_buffer.AsSpan(cut));
            _ended = read == 0;
            _end += read;
            SkipByteOrderMark();
            Check();
        }
    }

    private int ReadInner(Span<byte> destination)
    {
        try
        {
            return Inner.Read(destination);
        }
        catch (InvalidDataException fault)
        {
            throw InputException.File(_path, "the gzip data is damaged or was cut off here. Copy the file again, or check it with 'gzip -t'.", _lines + 1, fault);
        }
        catch (IOException fault)
        {
            throw InputException.File(_path, $"the file cannot be read on: {fault.Message}", _lines + 1, fault);
        }
    }

    private void SkipByteOrderMark()
    {
        if (_begun || _end == 0)
        {
            return;
        }

        _begun = true;
        ReadOnlySpan<byte> text = _buffer.AsSpan(0, _end);
        if (text.StartsWith("\uFEFF"u8))
        {
            _start = 3;
            _checked = 3;
        }
        else if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw InputException.File(_path, "the file is UTF-16, but UTF-8 was expected. Save it as UTF-8.", 1);
        }
    }

    private void Check()
    {
        Span<byte> block = _buffer.AsSpan(_checked, _end - _checked);
        int whole = _ended ? block.Length : WholeCharacters(block);
        block = block[..whole];
        if (block.Contains((byte)0))
        {
            _lines += block[..block.IndexOf((byte)0)].Count((byte)'\n');
            throw InputException.File(_path, "a zero byte was found, so this is not a text file. Expected UTF-8 text: CSV, TSV or JSON Lines, plain or gzip.", _lines + 1);
        }

        if (!Utf8.IsValid(block))
        {
            int at = FirstInvalid(block);
            _lines += block[..at].Count((byte)'\n');
            throw InputException.File(_path, $"byte 0x{block[at]:X2} is not valid UTF-8 here. Save the file as UTF-8.", _lines + 1);
        }

        _lines += block.Count((byte)'\n');
        _checked += whole;
    }

    /// <summary>How many bytes belong to characters that end inside the block.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> block)
    {
        for (int back = 1; back < LongestSequence && back <= block.Length; back++)
        {
            byte b = block[^back];
            if ((b & 0b1100_0000) == 0b1000_0000)
            {
                continue;
            }

            int needed = b >= 0b1111_0000 ? 4 : b >= 0b1110_0000 ? 3 : b >= 0b1100_0000 ? 2 : 1;
            return needed > back ? block.Length - back : block.Length;
        }

        return block.Length;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> block)
    {
        int at = 0;
        while (at < block.Length && Rune.DecodeFromUtf8(block[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return Math.Min(at, block.Length - 1);
    }
}
