using CsvHelper;

namespace PromoRec.Cli.Reading;

/// <summary>CSV and TSV: a header, then rows of as many fields. Quotes as in RFC 4180.</summary>
internal sealed class DelimitedRows : RowSource
{
    /// <summary>An unclosed quote must not swallow a file of gigabytes.</summary>
    private const int LongestRow = 1 << 20;

    private readonly CsvReader _reader;
    private readonly int[] _places;
    private readonly int _fieldCount;
    private readonly ColumnSet _columns;
    private CsvMalformedRecord? _malformed;

    public DelimitedRows(string path, Stream text, char separator, ColumnSet columns, ColumnMapping mapping)
        : base(path)
    {
        _columns = columns;
        _reader = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = separator,
                TrackLineNumbers = true,
                MaxRecordSize = LongestRow,
                OnMalformedRecord = record => _malformed = record,
            },
            leaveOpen: false);
        try
        {
            _reader.ReadHeader();
        }
        catch (CsvFormatException fault)
        {
            throw InputException.File(path, $"the header cannot be read: {fault.Message}", 1, fault);
        }

        _fieldCount = _reader.Headers.Count;
        _places = columns.Resolve(path, Math.Max(1, _reader.LineNumber), _reader.Headers, mapping);
    }

    public override long Line => _reader.LineNumber;

    public override ReadOnlySpan<byte> this[int column] => _places[column] < 0 ? default : _reader.GetSpan(_places[column]);

    public override bool MayHave(int column) => _places[column] >= 0;

    public override bool Read()
    {
        _malformed = null;
        try
        {
            if (!_reader.Read())
            {
                return false;
            }
        }
        catch (CsvFormatException fault)
        {
            throw InputException.File(Path, $"a row of more than {LongestRow:N0} bytes starts here; probably a quote that opens a field is never closed.", Math.Max(1, fault.LineNumber), fault);
        }

        if (_malformed is { } malformed)
        {
            throw InputException.Row(Path, malformed.LineNumber, null, Explain(malformed.Reason));
        }

        return _reader.FieldCount == _fieldCount
            ? true
            : throw InputException.Row(Path, Line, null, $"the row has {Count(_reader.FieldCount)}, but the header has {Count(_fieldCount)}.");
    }

    public override void Dispose() => _reader.Dispose();

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";

    private string Explain(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "there is a quote inside a field that does not start with one. Put the field in quotes and double those inside it.",
        CsvMalformedReason.TextAfterClosingQuote => "there is text after the closing quote of a field. Double the quotes that belong to the text.",
        CsvMalformedReason.UnterminatedQuote => "a quote that opens a field is never closed.",
        _ => $"the row is not well formed. Expected {_columns.Expected}.",
    };
}
