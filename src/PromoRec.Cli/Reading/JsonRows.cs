using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PromoRec.Cli.Reading;

/// <summary>JSON Lines: one object a line, whose properties are the columns. Numbers stand as they are written, lists as a|b|c.</summary>
internal sealed class JsonRows : RowSource
{
    private const int LongestRow = 1 << 20;

    private readonly Stream _text;
    private readonly ColumnSet _columns;
    private readonly ColumnMapping _mapping;
    private readonly byte[][] _names;
    private readonly Range[] _fields;
    private readonly ArrayBufferWriter<byte> _values = new(1024);
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private long _line;

    public JsonRows(string path, Stream text, ColumnSet columns, ColumnMapping mapping)
        : base(path)
    {
        _text = text;
        _columns = columns;
        _mapping = mapping;
        _names = [.. columns.Names.Select(name => Encoding.UTF8.GetBytes(mapping.HeaderName(name)))];
        _fields = new Range[_names.Length];
    }

    public override long Line => _line;

    public override ReadOnlySpan<byte> this[int column] => _values.WrittenSpan[_fields[column]];

    public override bool MayHave(int column) => true;

    public override bool Read()
    {
        while (TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (!line.Trim(" \t\r"u8).IsEmpty)
            {
                Parse(line);
                return true;
            }
        }

        return false;
    }

    public override void Dispose() => _text.Dispose();

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int seen = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (length >= 0 || (_ended && _end > _start))
            {
                int end = length >= 0 ? _start + seen + length : _end;
                line = _buffer.AsSpan(_start, end - _start);
                _start = Math.Min(_end, end + 1);
                _line++;
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            seen = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_end >= LongestRow)
            {
                throw InputException.File(Path, $"the line has more than {LongestRow:N0} bytes. Expected one JSON object a line.", _line + 1);
            }

            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        int read = _text.Read(_buffer.AsSpan(_end));
        _ended = read == 0;
        _end += read;
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        _values.ResetWrittenCount();
        Array.Fill(_fields, 0..0);
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw Fault(null, "the line is not a JSON object. Expected one such as {\"user\":\"7\",\"item\":\"42\"}.");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadProperty(ref json);
            }

            // Reads past the end of the object, so that text after it is refused.
            json.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Fault(null, $"the line is not valid JSON{(fault is JsonException { BytePositionInLine: { } at } ? $" at byte {at + 1}" : string.Empty)}.");
        }
    }

    private void ReadProperty(ref Utf8JsonReader json)
    {
        int first = ColumnOf(ref json);
        if (first < 0 && _mapping.IsEmpty && !_columns.IgnoresOthers)
        {
            throw _columns.Unknown(Path, _line, json.GetString() ?? string.Empty, _mapping);
        }

        bool used = first >= 0;
        json.Read();
        if (!used)
        {
            json.Skip();
            return;
        }

        int start = _values.WrittenCount;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            for (bool separate = false; json.Read() && json.TokenType != JsonTokenType.EndArray; separate = true)
            {
                if (separate)
                {
                    _values.Write("|"u8);
                }

                WriteScalar(ref json, first, escapeBars: true);
            }
        }
        else
        {
            WriteScalar(ref json, first, escapeBars: false);
        }

        // Two columns may be mapped to one property.
        for (int column = first; column < _fields.Length; column++)
        {
            if (_names[column].AsSpan().SequenceEqual(_names[first]))
            {
                _fields[column] = start.._values.WrittenCount;
            }
        }
    }

    private int ColumnOf(ref Utf8JsonReader json)
    {
        for (int column = 0; column < _names.Length; column++)
        {
            if (_names[column].Length > 0 && json.ValueTextEquals(_names[column]))
            {
                return column;
            }
        }

        return -1;
    }

    private void WriteScalar(ref Utf8JsonReader json, int column, bool escapeBars)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                _values.Write(json.ValueSpan);
                return;
            case JsonTokenType.String when escapeBars:
                _values.Write(Encoding.UTF8.GetBytes(BarList.Escape(json.GetString() ?? string.Empty)));
                return;
            case JsonTokenType.String:
                _values.Advance(json.CopyString(_values.GetSpan(json.ValueSpan.Length)));
                return;
            default:
                throw Fault(_columns.Names[column], "the value is not text, a number, true, false or a list of them.");
        }
    }

    private InputException Fault(string? column, string problem) => InputException.Row(Path, _line, column, problem);
}
