using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
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

    private readonly RowSource _rows;
    private readonly InteractionReadOptions _options;
    private readonly BadRows _badRows;
    private readonly bool _itemsAreOffers;
    private readonly bool _filtersTime;
    private byte[] _lastKindText = [];
    private InteractionKind _lastKind;

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
            if ((++Count & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            yield return interaction;
        }

        if (Count == 0)
        {
            throw InputException.File(_rows.Path, OutsideTime > 0
                ? $"all {OutsideTime:N0} rows lie outside the time that was asked for. Check the limits, and --time-zone."
                : _badRows.Skipped > 0 ? "no row of the file can be used." : "the file has a header but no rows. Expected a row for each interaction.");
        }
    }

    public void Dispose() => _rows.Dispose();

    private bool TryRead(out Interaction interaction)
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
    private bool TryParse(out Interaction interaction)
    {
        interaction = default;
        DateTimeOffset at = ParseTime();
        if (_filtersTime && !IsWanted(at))
        {
            return false;
        }

        UserId user = FieldText.TryNumber(_rows[User], out long number) ? new UserId(number) : new UserId(Id(User, "user"));
        ItemId item = default;
        OfferId offer = default;
        ReadOnlySpan<byte> itemField = _rows[Item];
        if (!FieldText.Trim(itemField).IsEmpty)
        {
            if (_itemsAreOffers)
            {
                offer = FieldText.TryNumber(itemField, out number) ? new OfferId(number) : new OfferId(Id(Item, "item"));
            }
            else
            {
                item = FieldText.TryNumber(itemField, out number) ? new ItemId(number) : new ItemId(Id(Item, "item"));
            }
        }

        if (!FieldText.Trim(_rows[Offer]).IsEmpty)
        {
            offer = FieldText.TryNumber(_rows[Offer], out number) ? new OfferId(number) : new OfferId(Id(Offer, "offer"));
        }

        if (item.IsEmpty && offer.IsEmpty)
        {
            throw Bad("item", "the row names no item and no offer.");
        }

        interaction = new Interaction(user, item, ParseKind(), at) { Offer = offer, Value = ParseValue(), EventId = FieldText.Text(_rows[Event]) };
        return true;
    }

    private bool IsWanted(DateTimeOffset at) =>
        at != default && (_options.Since is not { } since || at >= since) && (_options.Until is not { } until || at < until);

    private string Id(int column, string name)
    {
        ReadOnlySpan<byte> field = _rows[column];
        return FieldText.FaultOfId(field) is { } fault ? throw Bad(name, fault) : Encoding.UTF8.GetString(FieldText.Trim(field));
    }

    private InteractionKind ParseKind()
    {
        ReadOnlySpan<byte> field = FieldText.Trim(_rows[Kind]);
        if (field.IsEmpty)
        {
            return _options.DefaultKind;
        }

        if (!field.SequenceEqual(_lastKindText))
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

            _lastKindText = field.ToArray();
            _lastKind = kind;
        }

        return _lastKind;
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
