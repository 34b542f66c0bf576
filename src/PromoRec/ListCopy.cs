namespace PromoRec;

/// <summary>Copies a list that the host might change later.</summary>
internal static class ListCopy
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> list, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(list, parameterName);
        return list.Count == 0 ? [] : Array.AsReadOnly(list.ToArray());
    }
}
