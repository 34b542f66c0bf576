namespace PromoRec.Cli.Reading;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>" Did you mean 'x'?", or nothing when no name is near.</summary>
    public static string For(string found, IEnumerable<string> names) => NearestName.Of(found, names) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;
}
