namespace PromoRec.Cli.Reading;

/// <summary>The columns that a kind of file may have, by name; a reader uses their positions here.</summary>
/// <param name="what">What a row of the file is, for messages: "interactions".</param>
/// <param name="expected">What such a file looks like, for messages.</param>
/// <param name="names">The names, in the order of the reader's constants.</param>
internal sealed class ColumnSet(string what, string expected, params string[] names)
{
    public string What { get; } = what;

    public string Expected { get; } = expected;

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The columns without which no such file can be read.</summary>
    public IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>How many of the columns, the last ones, are only written by <c>simulate</c>; they are allowed, but nobody is told to use them.</summary>
    public int OfSimulation { get; init; }

    /// <summary>Whether a file may have other columns, which are then passed over.</summary>
    public bool IgnoresOthers { get; init; }

    private IEnumerable<string> Told => names.SkipLast(OfSimulation);

    public int IndexOf(string name) => Array.FindIndex(names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>For every column its place in the header, or -1 where the file does not have it.</summary>
    /// <exception cref="InputException">A header name is unknown, stands there twice, or a mapped one is missing.</exception>
    public int[] Resolve(string path, long line, IReadOnlyList<string> header, ColumnMapping mapping)
    {
        string[] headerNames = [.. header.Select(h => h.Trim())];
        var used = new bool[headerNames.Length];
        var places = new int[names.Length];
        for (int column = 0; column < names.Length; column++)
        {
            string headerName = mapping.HeaderName(names[column]);
            places[column] = headerName.Length == 0 ? -1 : Find(path, line, headerNames, headerName);
            if (places[column] >= 0)
            {
                used[places[column]] = true;
            }
            else if (mapping.IsMapped(names[column]) && headerName.Length > 0)
            {
                throw InputException.File(path, $"the header has no column '{headerName}', which was mapped to '{names[column]}'.{Suggestion.For(headerName, headerNames)} It has {string.Join(", ", headerNames)}.", line);
            }
        }

        int unknown = mapping.IsEmpty && !IgnoresOthers ? Array.IndexOf(used, false) : -1;
        return unknown < 0 ? places : throw Unknown(path, line, headerNames[unknown], headerNames, mapping);
    }

    /// <summary>A name of an object that is none of the columns.</summary>
    public InputException Unknown(string path, long line, string name, ColumnMapping mapping) => Unknown(path, line, name, [], mapping);

    private InputException Unknown(string path, long line, string name, string[] header, ColumnMapping mapping)
    {
        bool semicolons = header.Length == 1 && name.Contains(';', StringComparison.Ordinal);
        string hint = semicolons ? " The fields seem to have semicolons between them; commas were expected." : Suggestion.For(name, Told);
        string remedy = semicolons ? string.Empty : mapping.Hint(names[0], Excerpt.Of(name));
        return InputException.File(
            path,
            $"{Lacks(header, semicolons)}there is no column '{Excerpt.Of(name)}' in a file of {What}.{hint} The columns are {string.Join(", ", Told)}.{remedy}",
            line);
    }

    /// <summary>The needed columns that a header does not have; one of them is probably what the unknown name stands for.</summary>
    private string Lacks(string[] header, bool semicolons)
    {
        string[] missing = [.. Needed.Where(needed => !header.Contains(needed, StringComparer.OrdinalIgnoreCase)).Select(needed => $"'{needed}'")];
        return header.Length == 0 || semicolons || missing.Length == 0 ? string.Empty
            : $"the header needs the {(missing.Length == 1 ? "column" : "columns")} {string.Join(", ", missing)}, and ";
    }

    private static int Find(string path, long line, string[] headerNames, string name)
    {
        int first = Array.FindIndex(headerNames, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        int last = Array.FindLastIndex(headerNames, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        return first == last ? first : throw InputException.File(path, $"column '{name}' stands in the header twice. Keep one of them.", line);
    }
}
