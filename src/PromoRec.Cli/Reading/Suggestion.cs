namespace PromoRec.Cli.Reading;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>" Did you mean 'x'?", or nothing when no name is near.</summary>
    public static string For(string found, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, found.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(Shorten(found), Shorten(name));
            if (distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest is null ? string.Empty : $" Did you mean '{nearest}'?";
    }

    private static string Shorten(string text) => text[..Math.Min(text.Length, 64)].ToUpperInvariant();

    /// <summary>Letters to insert, leave out, replace or swap with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(1 + Math.Min(table[i - 1, j], table[i, j - 1]), table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
