using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads an items file: which item belongs to which categories and brand.</summary>
internal static class ItemReader
{
    public static readonly ColumnSet Columns = new(
        "items", "a header such as id,categories,brand,price,text and a row for each item", "id", "categories", "brand", "price", "text", "tags", "numbers")
    { Needed = ["id"] };

    private const int Id = 0;
    private const int Categories = 1;
    private const int Brand = 2;
    private const int Price = 3;
    private const int Description = 4;
    private const int Tags = 5;
    private const int Numbers = 6;

    /// <summary>Reads all items.</summary>
    /// <exception cref="InputException">The file cannot be read, or has a bad row more than allowed.</exception>
    public static List<Item> Read(string path, ColumnMapping mapping, BadRows badRows, CancellationToken cancellationToken)
    {
        using RowSource rows = InputFile.OpenRows(path, Columns, mapping);
        if (!rows.MayHave(Id))
        {
            throw InputException.File(path, $"the header has no column '{mapping.HeaderName("id")}'. Expected {Columns.Expected}.", 1);
        }

        var items = new List<Item>();
        var lines = new Dictionary<ItemId, long>();
        rows.ReadAll(badRows, () =>
        {
            Item item = Parse(rows, mapping);
            if (!lines.TryAdd(item.Id, rows.Line))
            {
                throw Bad(rows, mapping, Id, $"item '{Excerpt.Of(item.Id.ToString())}' stands in line {lines[item.Id]} already. Give every item one row.");
            }

            items.Add(item);
        }, cancellationToken);
        return items.Count > 0 ? items : throw InputException.File(path, "there are no items in the file. Expected a row for each item.");
    }

    private static Item Parse(RowSource rows, ColumnMapping mapping)
    {
        if (FieldText.FaultOfId(rows[Id]) is { } fault)
        {
            throw Bad(rows, mapping, Id, fault);
        }

        decimal price = 0;
        bool hasPrice = !FieldText.Trim(rows[Price]).IsEmpty;
        if (hasPrice && (!FieldText.TryDecimal(rows[Price], out price) || price < 0))
        {
            throw Bad(rows, mapping, Price, $"'{Excerpt.Of(rows[Price])}' is not a price. Expected a number of 0 or above.");
        }

        return new Item
        {
            Id = Encoding.UTF8.GetString(FieldText.Trim(rows[Id])),
            Categories = BarList.Split(Encoding.UTF8.GetString(rows[Categories])),
            Brand = FieldText.Text(rows[Brand]),
            Price = hasPrice ? price : null,
            Text = FieldText.Text(rows[Description]),
            Tags = BarList.Split(Encoding.UTF8.GetString(rows[Tags])),
            Numbers = ParseNumbers(rows, mapping),
        };
    }

    /// <summary>Several numbers with their names: <c>weight=250|size=42</c>.</summary>
    private static Dictionary<string, double> ParseNumbers(RowSource rows, ColumnMapping mapping)
    {
        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (string entry in BarList.Split(Encoding.UTF8.GetString(rows[Numbers])))
        {
            int equals = entry.LastIndexOf('=');
            string name = equals < 0 ? string.Empty : entry[..equals].Trim();
            if (name.Length == 0 || !FieldText.TryDouble(Encoding.UTF8.GetBytes(entry[(equals + 1)..]), out double value) || !numbers.TryAdd(name, value))
            {
                throw Bad(rows, mapping, Numbers, $"'{Excerpt.Of(entry)}' is not a number with a name that stands there once. Expected such as weight=250|size=42.");
            }
        }

        return numbers;
    }

    private static InputException Bad(RowSource rows, ColumnMapping mapping, int column, string problem) =>
        InputException.Row(rows.Path, rows.Line, mapping.HeaderName(Columns.Names[column]), problem);
}
