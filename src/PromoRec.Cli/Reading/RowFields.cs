using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads typed fields of the current row of a file, and names the column of one that cannot be read.</summary>
internal sealed class RowFields(RowSource rows, ColumnSet columns, TimeZoneInfo zone)
{
    /// <summary>Longest topic in characters.</summary>
    public const int LongestTopic = 200;

    public RowSource Rows { get; } = rows;

    /// <summary>Whether the file has a column, so that an empty field says something.</summary>
    public bool Has(int column) => Rows.MayHave(column);

    /// <summary>An id that must be there.</summary>
    public string Id(int column) =>
        FieldText.FaultOfId(Rows[column]) is { } fault ? throw Bad(column, fault) : Encoding.UTF8.GetString(FieldText.Trim(Rows[column]));

    /// <summary>A text; null where the field is empty.</summary>
    public string? Text(int column) => FieldText.Text(Rows[column]);

    /// <summary>A topic; null where the field is empty.</summary>
    public string? Topic(int column)
    {
        string? topic = Text(column);
        return topic is null || topic.Length <= LongestTopic ? topic : throw Bad(column, $"the topic has {topic.Length} characters, but at most {LongestTopic} are possible.");
    }

    /// <summary>Several texts with bars between them.</summary>
    public List<string> List(int column) => BarList.Split(Encoding.UTF8.GetString(Rows[column]));

    /// <summary>A time; null where the field is empty.</summary>
    public DateTimeOffset? Time(int column) =>
        FieldText.Trim(Rows[column]).IsEmpty ? null
            : TimeText.TryParse(Rows[column], zone, out DateTimeOffset time) ? time
            : throw Bad(column, $"'{Excerpt.Of(Rows[column])}' is not a time. {TimeText.Expected}");

    /// <summary>True or false; null where the field is empty.</summary>
    public bool? Flag(int column) => Text(column)?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => throw Bad(column, $"'{Excerpt.Of(Rows[column])}' is neither true nor false. Expected true, false, yes, no, 1 or 0."),
    };

    /// <summary>A finite number in a range; null where the field is empty.</summary>
    public double? Number(int column, double least, double most) =>
        FieldText.Trim(Rows[column]).IsEmpty ? null
            : FieldText.TryDouble(Rows[column], out double value) && value >= least && value <= most ? value
            : throw Bad(column, string.Create(CultureInfo.InvariantCulture, $"'{Excerpt.Of(Rows[column])}' is not a number from {least} to {most}."));

    /// <summary>A whole number; null where the field is empty.</summary>
    public int? Whole(int column) =>
        Text(column) is not { } text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : throw Bad(column, $"'{Excerpt.Of(text)}' is not a whole number.");

    /// <summary>A channel of a list of known ones.</summary>
    public ChannelId Channel(int column, string text, ChannelNames channels) =>
        channels.Find(text) ?? throw Bad(column, channels.Unknown(text));

    public InputException Bad(int column, string problem) => InputException.Row(Rows.Path, Rows.Line, columns.Names[column], problem);
}
