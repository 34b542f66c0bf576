using System.Text;
using System.Text.Json;

namespace PromoRec;

/// <summary>Reads JSON token by token, and knows the line and column of each.</summary>
internal ref struct LocatedJsonCursor(ReadOnlySpan<byte> utf8, int maxDepth)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private int _start;
    private int _lineStart;

    public Utf8JsonReader Reader = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = maxDepth });

    /// <summary>Line of the current token, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Its first character in the line, from 1.</summary>
    public readonly int Column => 1 + Encoding.UTF8.GetCharCount(_utf8[_lineStart.._start]);

    /// <summary>Goes to the next token; stays where there is none.</summary>
    public void Next()
    {
        if (!Reader.Read())
        {
            return;
        }

        int start = (int)Reader.TokenStartIndex;
        ReadOnlySpan<byte> passed = _utf8[_start..start];
        Line += passed.Count((byte)'\n');
        int newLine = passed.LastIndexOf((byte)'\n');
        _lineStart = newLine < 0 ? _lineStart : _start + newLine + 1;
        _start = start;
    }

    /// <summary>Where the reader stopped, and the character that stands there; null at the end.</summary>
    public readonly (int Line, int Column, Rune? Found) PlaceOf(JsonException exception)
    {
        int at = 0;
        for (long line = exception.LineNumber ?? 0; line > 0 && at < _utf8.Length; line--)
        {
            int newLine = _utf8[at..].IndexOf((byte)'\n');
            at = newLine < 0 ? _utf8.Length : at + newLine + 1;
        }

        int lineStart = at;
        at = (int)Math.Min(_utf8.Length, at + (exception.BytePositionInLine ?? 0));

        // Never inside of a character.
        while (at > lineStart && at < _utf8.Length && (_utf8[at] & 0b1100_0000) == 0b1000_0000)
        {
            at--;
        }

        bool isEnd = _utf8[at..].Trim(" \t\r\n"u8).IsEmpty;
        Rune.DecodeFromUtf8(_utf8[at..], out Rune found, out _);
        return (1 + _utf8[..lineStart].Count((byte)'\n'), 1 + Encoding.UTF8.GetCharCount(_utf8[lineStart..at]), isEnd ? null : found);
    }
}
