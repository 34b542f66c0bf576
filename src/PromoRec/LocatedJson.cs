using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PromoRec;

/// <summary>A JSON value that knows where in its file it stands, so that a fault can be named by file, line, column and path.</summary>
internal sealed class LocatedJson
{
    private const int MaxDepth = 16;
    private const int LongestExcerpt = 60;

    private LocatedJson(JsonValueKind kind, in LocatedJsonCursor cursor, string path)
    {
        Kind = kind;
        Line = cursor.Line;
        Column = cursor.Column;
        Path = path;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Its line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Its first character in the line, counted from 1.</summary>
    public int Column { get; }

    /// <summary>The line of its name, where it is a member of an object.</summary>
    public int NameLine { get; private init; }

    /// <summary>The first character of its name in that line.</summary>
    public int NameColumn { get; private init; }

    /// <summary>Its path, such as "$.channels.sms.need".</summary>
    public string Path { get; }

    /// <summary>The text of a string, or a number as it is written.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>The members of an object, in their order; those with a name twice are both there.</summary>
    public List<KeyValuePair<string, LocatedJson>> Members { get; } = [];

    /// <summary>The elements of an array.</summary>
    public List<LocatedJson> Items { get; } = [];

    /// <summary>What it is, in words, short enough for a message.</summary>
    public string Description => Kind switch
    {
        JsonValueKind.String => $"'{Excerpt(Text)}'",
        JsonValueKind.Number => Excerpt(Text),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };

    /// <summary>Reads a file. Comments and commas before a closing bracket are allowed.</summary>
    /// <returns>The value, or null where it is no JSON; then there is one fault.</returns>
    public static LocatedJson? Read(ReadOnlySpan<byte> utf8, JsonFaults faults)
    {
        utf8 = utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        if (!Utf8.IsValid(utf8))
        {
            AddInvalidText(utf8, faults);
            return null;
        }

        var cursor = new LocatedJsonCursor(utf8, MaxDepth);
        try
        {
            cursor.Next();
            LocatedJson value = ReadValue(ref cursor, "$", 0, 0);
            cursor.Next();
            return value;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A JSON text may hold half of a surrogate pair, which is no text.
            AddBroken(cursor, exception as JsonException, faults);
            return null;
        }
    }

    /// <summary>Shows a text of the file without control characters, and shortened where it is long.</summary>
    public static string Excerpt(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, LongestExcerpt));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= LongestExcerpt)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return shown.ToString();
    }

    private static LocatedJson ReadValue(ref LocatedJsonCursor cursor, string path, int nameLine, int nameColumn)
    {
        JsonTokenType token = cursor.Reader.TokenType;
        var value = new LocatedJson(KindOf(token), cursor, path) { NameLine = nameLine, NameColumn = nameColumn };
        switch (token)
        {
            case JsonTokenType.StartObject:
                ReadObject(ref cursor, value);
                break;
            case JsonTokenType.StartArray:
                ReadArray(ref cursor, value);
                break;
            case JsonTokenType.String:
                value.Text = cursor.Reader.GetString()!;
                break;
            case JsonTokenType.Number:
                value.Text = Encoding.UTF8.GetString(cursor.Reader.ValueSpan);
                break;
        }

        return value;
    }

    private static void ReadObject(ref LocatedJsonCursor cursor, LocatedJson value)
    {
        for (cursor.Next(); cursor.Reader.TokenType != JsonTokenType.EndObject; cursor.Next())
        {
            string name = cursor.Reader.GetString()!;
            int line = cursor.Line;
            int column = cursor.Column;
            cursor.Next();
            value.Members.Add(new(name, ReadValue(ref cursor, $"{value.Path}.{Excerpt(name)}", line, column)));
        }
    }

    private static void ReadArray(ref LocatedJsonCursor cursor, LocatedJson value)
    {
        for (cursor.Next(); cursor.Reader.TokenType != JsonTokenType.EndArray; cursor.Next())
        {
            value.Items.Add(ReadValue(ref cursor, string.Create(CultureInfo.InvariantCulture, $"{value.Path}[{value.Items.Count}]"), 0, 0));
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private static void AddInvalidText(ReadOnlySpan<byte> utf8, JsonFaults faults)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }

        ReadOnlySpan<byte> before = utf8[..valid];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        string fault = string.Create(CultureInfo.InvariantCulture, $"is not UTF-8 text: byte 0x{utf8[valid]:X2} was found; save the file as UTF-8");
        faults.Add(1 + before.Count((byte)'\n'), 1 + Encoding.UTF8.GetCharCount(before[lineStart..]), "$", fault);
    }

    private static void AddBroken(in LocatedJsonCursor cursor, JsonException? exception, JsonFaults faults)
    {
        if (exception is null)
        {
            faults.Add(cursor.Line, cursor.Column, "$", "has a text with half of a surrogate pair; write the character itself, or both halves as \\uXXXX\\uXXXX");
            return;
        }

        (int line, int column, Rune? found) = cursor.PlaceOf(exception);
        string fault = found is null ? "is not JSON: it ends here, before every bracket, quote and comment is closed; close them"
            : cursor.Reader.CurrentDepth >= MaxDepth - 1 && found.Value.Value is '{' or '[' ? $"is nested deeper than {MaxDepth} levels, which no setting is; take a level out"
            : $"is not JSON: {Show(found.Value)} was not expected here; look for a comma, quote, bracket or misspelt word here or just before";
        faults.Add(line, column, "$", fault);
    }

    private static string Show(Rune rune) => Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4}") : $"'{rune}'";
}
