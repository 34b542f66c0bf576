namespace PromoRec.Profiles;

/// <summary>Fifths of a set of values.</summary>
internal static class Quintiles
{
    /// <summary>For each value 1 + ⌊5 (b + e/2) / n⌋, where b of the n values are smaller and e are equal to it, itself among them: 1 to 5.</summary>
    public static int[] Of<T>(IReadOnlyList<T> values)
        where T : IComparable<T>
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        int[] quintiles = new int[values.Count];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && values[order[to]].CompareTo(values[order[from]]) == 0)
            {
                to++;
            }

            int quintile = 1 + (int)(5 * ((long)from + to) / (2L * order.Length));
            for (; from < to; from++)
            {
                quintiles[order[from]] = quintile;
            }
        }

        return quintiles;
    }
}
