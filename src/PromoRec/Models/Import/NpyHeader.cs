using System.Globalization;

namespace PromoRec.Models.Import;

/// <summary>The header of a .npy array: element type, order and shape, written as a Python dictionary of literals.</summary>
/// <remarks>Source: numpy.lib.format. Nothing is evaluated; object arrays, which would need unpickling, are refused.</remarks>
internal sealed class NpyHeader
{
    public const int MagicLength = 8;

    /// <summary>Longest header that is read; numpy itself warns above 10,000.</summary>
    public const int MaxLength = 1 << 16;

    private const int MaxRank = 8;

    private readonly string _text;
    private int _at;

    private NpyHeader(string text) => _text = text;

    public string Description { get; private set; } = string.Empty;

    public bool FortranOrder { get; private set; }

    public long[] Shape { get; private set; } = [];

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Parses the dictionary; null where it does not have the form that numpy writes.</summary>
    public static NpyHeader? Parse(string text)
    {
        var header = new NpyHeader(text);
        return header.ReadDictionary() ? header : null;
    }

    /// <summary>The element type that a numpy description names, or null where it is not one that can be imported.</summary>
    public static (ElementKind Kind, int Size)? ElementOf(string description) => description switch
    {
        "<f2" => (ElementKind.Float16, 2),
        "<f4" => (ElementKind.Float32, 4),
        "<f8" => (ElementKind.Float64, 8),
        "|i1" => (ElementKind.Int8, 1),
        "<i2" => (ElementKind.Int16, 2),
        "<i4" => (ElementKind.Int32, 4),
        "<i8" => (ElementKind.Int64, 8),
        "|u1" => (ElementKind.UInt8, 1),
        "<u2" => (ElementKind.UInt16, 2),
        "<u4" => (ElementKind.UInt32, 4),
        "<u8" => (ElementKind.UInt64, 8),
        _ => description.StartsWith("<U", StringComparison.Ordinal)
            && int.TryParse(description.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length is > 0 and <= IdValue.MaxLength
            ? (ElementKind.Utf32, length * sizeof(int))
            : null,
    };

    private bool ReadDictionary()
    {
        int found = 0;
        if (!Skip('{'))
        {
            return false;
        }

        while (!Skip('}'))
        {
            if (!ReadText(out string key) || !Skip(':'))
            {
                return false;
            }

            int bit = key switch { "descr" => 1, "fortran_order" => 2, "shape" => 4, _ => 0 };
            if (bit == 0 || (found & bit) != 0 || !ReadValue(bit))
            {
                return false;
            }

            found |= bit;
            if (!Skip(',') && !Peek('}'))
            {
                return false;
            }
        }

        return found == 7 && string.IsNullOrWhiteSpace(_text[_at..]);
    }

    private bool ReadValue(int bit)
    {
        switch (bit)
        {
            case 1:
                bool isText = ReadText(out string description);
                Description = description;
                return isText;
            case 2:
                FortranOrder = SkipWord("True");
                return FortranOrder || SkipWord("False");
            default:
                return ReadShape();
        }
    }

    private bool ReadShape()
    {
        var shape = new List<long>();
        if (!Skip('('))
        {
            return false;
        }

        while (!Skip(')'))
        {
            int start = _at;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            {
                _at++;
            }

            if (shape.Count == MaxRank || !long.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long dimension))
            {
                return false;
            }

            shape.Add(dimension);
            if (!Skip(',') && !Peek(')'))
            {
                return false;
            }

            SkipBlanks();
        }

        Shape = [.. shape];
        return true;
    }

    private bool ReadText(out string text)
    {
        text = string.Empty;
        if (!Skip('\''))
        {
            return false;
        }

        int end = _text.IndexOf('\'', _at);
        if (end < 0)
        {
            return false;
        }

        text = _text[_at..end];
        _at = end + 1;
        return !text.Contains('\\', StringComparison.Ordinal);
    }

    private bool SkipWord(string word)
    {
        SkipBlanks();
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Skip(char wanted)
    {
        bool found = Peek(wanted);
        _at += found ? 1 : 0;
        return found;
    }

    private bool Peek(char wanted)
    {
        SkipBlanks();
        return _at < _text.Length && _text[_at] == wanted;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
