using PromoRec.Datasets;

namespace PromoRec.Training;

/// <summary>Rows for names, as for ids.</summary>
internal static class NameIndex
{
    /// <param name="names">The names; repetitions count once.</param>
    public static IdIndex Of(IEnumerable<string> names)
    {
        IdValue[] values = [.. names.Distinct(StringComparer.Ordinal).Select(name => new IdValue(name, nameof(names)))];
        Array.Sort(values);
        return IdIndex.FromSorted(values);
    }
}
