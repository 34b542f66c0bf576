namespace PromoRec;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    private const int Longest = 64;

    /// <summary>"; did you mean 'x'?", or nothing when no name is near.</summary>
    public static string Hint(string found, IEnumerable<string> names) => Of(found, names) is { } name ? $"; did you mean '{name}'?" : string.Empty;

    /// <summary>The first of the nearest names, or null when none is near.</summary>
    public static string? Of(string found, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, Math.Min(found.Length, Longest) / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(Fold(found), Fold(name));
            if (distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    private static string Fold(string text) => text[..Math.Min(text.Length, Longest)].ToUpperInvariant();

    /// <summary>Letters to insert, leave out or replace, and neighbours to swap.</summary>
    private static int Distance(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                table[i, j] = Cell(table, a, b, i, j);
            }
        }

        return table[a.Length, b.Length];
    }

    private static int Cell(int[,] table, string a, string b, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        int changed = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int least = Math.Min(changed, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
        bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
    }
}
