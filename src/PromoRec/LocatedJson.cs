using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PromoRec;

/// <summary>A JSON value that knows where in its file it stands, so that a fault can be named by file, line and path.</summary>
internal sealed class LocatedJson
{
    private const int MaxDepth = 16;

    private LocatedJson(JsonValueKind kind, int line, string path)
    {
        Kind = kind;
        Line = line;
        Path = path;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Its line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Its path, such as "$.channels.sms.need".</summary>
    public string Path { get; }

    /// <summary>The text of a string, or a number as it is written.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>The members of an object, in their order; those with a name twice are both there.</summary>
    public List<KeyValuePair<string, LocatedJson>> Members { get; } = [];

    /// <summary>The elements of an array.</summary>
    public List<LocatedJson> Items { get; } = [];

    /// <summary>What it is, in words.</summary>
    public string Description => Kind switch
    {
        JsonValueKind.String => $"'{Text}'",
        JsonValueKind.Number => Text,
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
            faults.Add(1, "$", "is not UTF-8 text; save the file as UTF-8");
            return null;
        }

        var cursor = new Cursor(utf8);
        try
        {
            cursor.Next();
            LocatedJson value = ReadValue(ref cursor, "$");
            cursor.Next();
            return value;
        }
        catch (JsonException exception)
        {
            faults.Add((int)(exception.LineNumber ?? 0) + 1, exception.Path ?? "$", $"is not JSON: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    private static LocatedJson ReadValue(ref Cursor cursor, string path)
    {
        int line = cursor.Line;
        switch (cursor.Reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref cursor, new LocatedJson(JsonValueKind.Object, line, path));
            case JsonTokenType.StartArray:
                return ReadArray(ref cursor, new LocatedJson(JsonValueKind.Array, line, path));
            case JsonTokenType.String:
                return new LocatedJson(JsonValueKind.String, line, path) { Text = cursor.Reader.GetString()! };
            case JsonTokenType.Number:
                return new LocatedJson(JsonValueKind.Number, line, path) { Text = Encoding.UTF8.GetString(cursor.Reader.ValueSpan) };
            default:
                return new LocatedJson(KindOf(cursor.Reader.TokenType), line, path);
        }
    }

    private static LocatedJson ReadObject(ref Cursor cursor, LocatedJson value)
    {
        for (cursor.Next(); cursor.Reader.TokenType != JsonTokenType.EndObject; cursor.Next())
        {
            string name = cursor.Reader.GetString()!;
            cursor.Next();
            value.Members.Add(new(name, ReadValue(ref cursor, $"{value.Path}.{name}")));
        }

        return value;
    }

    private static LocatedJson ReadArray(ref Cursor cursor, LocatedJson value)
    {
        for (cursor.Next(); cursor.Reader.TokenType != JsonTokenType.EndArray; cursor.Next())
        {
            value.Items.Add(ReadValue(ref cursor, string.Create(CultureInfo.InvariantCulture, $"{value.Path}[{value.Items.Count}]")));
        }

        return value;
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    /// <summary>Reads token by token and counts lines.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _counted;

        public Utf8JsonReader Reader = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth });

        public int Line { get; private set; } = 1;

        public void Next()
        {
            if (!Reader.Read())
            {
                return;
            }

            int start = (int)Reader.TokenStartIndex;
            Line += _utf8[_counted..start].Count((byte)'\n');
            _counted = start;
        }
    }
}
