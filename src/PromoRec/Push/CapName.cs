namespace PromoRec.Push;

/// <summary>What a cap is about, as it stands in the name of its policy.</summary>
internal static class CapName
{
    private const int MaxLength = 40;

    public static string Of(PushScope scope, string? keyName, PushFilter appliesTo)
    {
        List<string> parts = [];
        AddScope(parts, scope, keyName);
        AddFilter(parts, appliesTo);
        string name = parts.Count == 0 ? "all" : string.Join('+', parts);
        return name.Length <= MaxLength ? name : name[..MaxLength];
    }

    private static void AddScope(List<string> parts, PushScope scope, string? keyName)
    {
        foreach (PushScope dimension in (ReadOnlySpan<PushScope>)[PushScope.Channel, PushScope.Category, PushScope.Campaign, PushScope.Offer])
        {
            if (scope.HasFlag(dimension))
            {
                parts.Add(dimension.ToString().ToLowerInvariant());
            }
        }

        if (scope.HasFlag(PushScope.Key))
        {
            parts.Add($"key={keyName}");
        }
    }

    private static void AddFilter(List<string> parts, PushFilter filter)
    {
        string[] names = [.. filter.Channels.Select(channel => channel.ToString()), .. filter.Categories, .. filter.Campaigns];
        if (names.Length > 0)
        {
            Array.Sort(names, StringComparer.Ordinal);
            parts.Add(string.Join('|', names));
        }
    }
}
