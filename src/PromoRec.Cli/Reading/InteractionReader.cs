using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Cli.Reading;

/// <summary>Reads interactions row by row, so that files larger than memory can be read.</summary>
internal sealed class InteractionReader : IDisposable
{
    public static readonly ColumnSet Columns = new(
        "interactions", "a header such as user,item,kind,value,at and a row for each interaction", "user", "item", "kind", "value", "at", "offer", "event")
    {
        Needed = ["user"],
    };

    private const int User = 0;
    private const int Item = 1;
    private const int Kind = 2;
    private const int Value = 3;
    private const int At = 4;
    private const int Offer = 5;
    private const int Event = 6;

    /// <summary>Many of these still add up to what a dataset can hold.</summary>
    private const double LargestValue = 1e30;

    /// <summary>Spellings of kinds that are remembered; a usual file has a handful.</summary>
    private const int MostKinds = 64;

    /// <summary>Rows between two looks at whether to go on.</summary>
    private const int Step = 1 << 14;

    private readonly RowSource _rows;
    private readonly InteractionReadOptions _options;
    private readonly BadRows _badRows;
    private readonly bool _itemsAreOffers;
    private readonly bool _filtersTime;
    private readonly TextPool _texts = new();
    private readonly List<(byte[] Text, InteractionKind Kind)> _kinds = [];

    private InteractionReader(RowSource rows, InteractionReadOptions options, BadRows badRows)
    {
        _rows = rows;
        _options = options;
        _badRows = badRows;
        _itemsAreOffers = options.ItemsAreOffers && !(rows is DelimitedRows && rows.MayHave(Offer));
        _filtersTime = options.Since is not null || options.Until is not null;
    }

    /// <summary>Rows returned so far.</summary>
    public long Count { get; private set; }

    /// <summary>Rows left out because of their time.</summary>
    public long OutsideTime { get; private set; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InputException">The file cannot be read or has other columns.</exception>
    public static InteractionReader Open(string path, InteractionReadOptions options, BadRows badRows)
    {
        RowSource rows = InputFile.OpenRows(path, Columns, options.Mapping);
        try
        {
            Require(rows, options, rows.MayHave(User), "user");
            Require(rows, options, rows.MayHave(Item) || rows.MayHave(Offer), "item");
            if (options.Since is not null || options.Until is not null)
            {
                Require(rows, options, rows.MayHave(At), "at");
            }

            return new InteractionReader(rows, options, badRows);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>All rows of the file.</summary>
    /// <exception cref="InputException">A row is bad and no more may be skipped, or the file has no rows.</exception>
    public IEnumerable<Interaction> ReadAll(CancellationToken cancellationToken)
    {
        while (TryRead(out Interaction interaction))
        {
            if (++Count % Step == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            yield return interaction;
        }

        ThrowIfNone();
    }

    /// <summary>Adds all rows of the file to a dataset, without making anything of a row on the way.</summary>
    /// <param name="builder">Takes them.</param>
    /// <param name="progress">Called now and then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">A row is bad and no more may be skipped, or the file has no rows.</exception>
    public void ReadInto(DatasetBuilder builder, Action progress, CancellationToken cancellationToken)
    {
        while (TryRead(out Utf8Interaction interaction))
        {
            if (++Count % Step == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress();
            }

            builder.AddUtf8(interaction);
        }

        ThrowIfNone();
    }

    public void Dispose() => _rows.Dispose();

    private void ThrowIfNone()
    {
        if (Count == 0)
        {
            throw InputException.File(_rows.Path, OutsideTime > 0
                ? $"all {OutsideTime:N0} rows lie outside the time that was asked for. Check the limits, and --time-zone."
                : _badRows.Skipped > 0 ? "no row of the file can be used." : "the file has a header but no rows. Expected a row for each interaction.");
        }
    }

    private bool TryRead(out Interaction interaction)
    {
        if (!TryRead(out Utf8Interaction utf8))
        {
            interaction = default;
            return false;
        }

        interaction = new Interaction(FieldText.TryNumber(utf8.User, out long number) ? new UserId(number) : new UserId(_texts.Get(utf8.User)), default(ItemId), utf8.Kind, utf8.At)
        {
            Item = utf8.Item.IsEmpty ? default : FieldText.TryNumber(utf8.Item, out number) ? new ItemId(number) : new ItemId(_texts.Get(utf8.Item)),
            Offer = utf8.Offer.IsEmpty ? default : FieldText.TryNumber(utf8.Offer, out number) ? new OfferId(number) : new OfferId(_texts.Get(utf8.Offer)),
            Value = utf8.Value,
            EventId = FieldText.Text(utf8.EventId),
        };
        return true;
    }

    private bool TryRead(out Utf8Interaction interaction)
    {
        while (true)
        {
            try
            {
                if (!_rows.Read())
                {
                    interaction = default;
                    return false;
                }

                if (TryParse(out interaction))
                {
                    return true;
                }

                OutsideTime++;
            }
            catch (InputException fault) when (fault.IsRow)
            {
                _badRows.Skip(fault);
            }
        }
    }

    /// <summary>Makes an interaction of the current row; false when its time is not wanted.</summary>
    private bool TryParse(out Utf8Interaction interaction)
    {
        interaction = default;
        DateTimeOffset at = ParseTime();
        if (_filtersTime && !IsWanted(at))
        {
            return false;
        }

        ReadOnlySpan<byte> user = Id(User, "user");
        ReadOnlySpan<byte> item = FieldText.Trim(_rows[Item]).IsEmpty ? default : Id(Item, "item");
        ReadOnlySpan<byte> offer = default;
        if (_itemsAreOffers)
        {
            offer = item;
            item = default;
        }

        if (!FieldText.Trim(_rows[Offer]).IsEmpty)
        {
            offer = Id(Offer, "offer");
        }

        if (item.IsEmpty && offer.IsEmpty)
        {
            throw Bad("item", "the row names no item and no offer.");
        }

        interaction = new Utf8Interaction(user, ParseKind(), at) { Item = item, Offer = offer, Value = ParseValue(), EventId = FieldText.Trim(_rows[Event]) };
        return true;
    }

    private bool IsWanted(DateTimeOffset at) =>
        at != default && (_options.Since is not { } since || at >= since) && (_options.Until is not { } until || at < until);

    private ReadOnlySpan<byte> Id(int column, string name)
    {
        ReadOnlySpan<byte> field = _rows[column];
        return FieldText.FaultOfId(field) is { } fault ? throw Bad(name, fault) : FieldText.Trim(field);
    }

    private InteractionKind ParseKind()
    {
        ReadOnlySpan<byte> field = FieldText.Trim(_rows[Kind]);
        if (field.IsEmpty)
        {
            return _options.DefaultKind;
        }

        foreach ((byte[] text, InteractionKind known) in _kinds)
        {
            if (field.SequenceEqual(text))
            {
                return known;
            }
        }

        InteractionKind kind = KindOf(field);
        if (_kinds.Count < MostKinds)
        {
            _kinds.Add((field.ToArray(), kind));
        }

        return kind;
    }

    private InteractionKind KindOf(ReadOnlySpan<byte> field)
    {
        string name = Encoding.UTF8.GetString(field);
        if (!InteractionKind.IsValidName(name))
        {
            throw Bad("kind", $"'{Excerpt.Of(field)}' cannot be a kind. Expected 1 to 64 ASCII letters, digits, '-' or '_', such as purchase or view.");
        }

        var kind = new InteractionKind(name);
        if (_options.Weights is { } weights && !weights.TryGet(kind, out _))
        {
            string[] known = [.. weights.Kinds.Select(k => k.Name)];
            throw Bad("kind", $"the kind '{name}' has no weight.{Suggestion.For(name, known)} Give it one, such as --weights {name}=0.5; those with a weight are {string.Join(", ", known)}.");
        }

        return kind;
    }

    private double ParseValue()
    {
        ReadOnlySpan<byte> field = _rows[Value];
        return FieldText.Trim(field).IsEmpty ? 1
            : !FieldText.TryDouble(field, out double value) ? throw Bad("value", $"'{Excerpt.Of(field)}' is not a finite number. Expected one such as 1 or 2.5.")
            : Math.Abs(value) <= LargestValue ? value
            : throw Bad("value", string.Create(CultureInfo.InvariantCulture, $"'{Excerpt.Of(field)}' is too large. Expected a number from -{LargestValue:0E0} to {LargestValue:0E0}."));
    }

    private DateTimeOffset ParseTime()
    {
        ReadOnlySpan<byte> field = _rows[At];
        return FieldText.Trim(field).IsEmpty ? default
            : TimeText.TryParse(field, _options.Zone, out DateTimeOffset at) ? at
            : throw Bad("at", $"'{Excerpt.Of(field)}' is not a time. {TimeText.Expected}");
    }

    /// <summary>A fault of the current row, under the header name that the file itself uses.</summary>
    private InputException Bad(string column, string problem) =>
        InputException.Row(_rows.Path, _rows.Line, _options.Mapping.HeaderName(column), problem);

    private static void Require(RowSource rows, InteractionReadOptions options, [DoesNotReturnIf(false)] bool present, string column)
    {
        if (!present)
        {
            throw InputException.File(rows.Path, $"the header has no column '{options.Mapping.HeaderName(column)}'. Expected {Columns.Expected}.{options.Mapping.Hint(column, "NAME")}", 1);
        }
    }
}
