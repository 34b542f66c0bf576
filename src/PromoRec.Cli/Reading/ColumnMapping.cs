namespace PromoRec.Cli.Reading;

/// <summary>Which header name stands for which column, as <c>--columns user=household_id,item=product_id</c> says it.</summary>
/// <remarks>A mapping makes a file with other columns readable in place: header names that nothing maps to are then ignored.</remarks>
/// <param name="optionName">The option of this command that maps the columns of this file; null where there is none.</param>
internal sealed class ColumnMapping(string? optionName)
{
    private readonly Dictionary<string, string> _headerNames = new(StringComparer.OrdinalIgnoreCase);

    public static ColumnMapping None { get; } = new(null);

    public bool IsEmpty => _headerNames.Count == 0;

    /// <summary>Reads the text of the option.</summary>
    /// <exception cref="UsageException">It is not a list of NAME=HEADER with names from <paramref name="columns"/>.</exception>
    public static ColumnMapping Parse(string? text, ColumnSet columns, string optionName)
    {
        var mapping = new ColumnMapping(optionName);
        foreach (string pair in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UsageException($"{optionName}: '{pair}' is not of the form NAME=HEADER, such as user=customer_id.");
            }

            string name = pair[..equals].TrimEnd();
            if (columns.IndexOf(name) < 0)
            {
                throw new UsageException($"{optionName}: there is no column '{name}' to map.{Suggestion.For(name, columns.Names)} The columns are {string.Join(", ", columns.Names)}.");
            }

            if (!mapping._headerNames.TryAdd(name, pair[(equals + 1)..].TrimStart()))
            {
                throw new UsageException($"{optionName}: column '{name}' is mapped twice.");
            }
        }

        return mapping;
    }

    /// <summary>A sentence that says how to read a column under another name, after a blank; nothing where no option does.</summary>
    public string Hint(string column, string headerName) =>
        optionName is null ? string.Empty : $" To read other names in place, map them, such as {optionName} {column}={headerName}.";

    /// <summary>The header name of a column: its own unless mapped, empty when the column is switched off by <c>name=</c>.</summary>
    public string HeaderName(string column) => _headerNames.GetValueOrDefault(column, column);

    public bool IsMapped(string column) => _headerNames.ContainsKey(column);
}
