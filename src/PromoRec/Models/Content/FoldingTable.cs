using System.Globalization;

namespace PromoRec.Models.Content;

/// <summary>Characters that are folded to something else than their lower case.</summary>
internal sealed class FoldingTable
{
    private const string Resource = "PromoRec.folding.txt";

    private readonly int[] _first;
    private readonly int[] _last;
    private readonly string[] _targets;

    private FoldingTable(int[] first, int[] last, string[] targets)
    {
        _first = first;
        _last = last;
        _targets = targets;
    }

    /// <summary>Reads the table: lines of <c>FIRST[-LAST] TARGET</c>, where the characters of a range have targets that follow each other.</summary>
    public static FoldingTable Load()
    {
        using Stream stream = typeof(FoldingTable).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        List<(int First, int Last, string Target)> ranges = [];
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                int blank = line.IndexOf(' ', StringComparison.Ordinal);
                string[] ends = line[..blank].Split('-');
                ranges.Add((Number(ends[0]), Number(ends[^1]), line[(blank + 1)..]));
            }
        }

        return new FoldingTable([.. ranges.Select(range => range.First)], [.. ranges.Select(range => range.Last)], [.. ranges.Select(range => range.Target)]);
    }

    /// <summary>What a character is folded to; null where it is its lower case.</summary>
    public string? Find(int character)
    {
        int at = Array.BinarySearch(_first, character);
        at = at >= 0 ? at : ~at - 1;
        if (at < 0 || character > _last[at])
        {
            return null;
        }

        int step = character - _first[at];
        return step == 0 ? _targets[at] : char.ConvertFromUtf32(char.ConvertToUtf32(_targets[at], 0) + step);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
