namespace PromoRec.Push.PolicyFile;

/// <summary>Where a cap counts, as a policy file says it: a stretch of time such as "7d" for a rolling window, or the name of another.</summary>
internal static class WindowText
{
    public const string Expected = "a rolling window such as \"24h\" or \"7d\", or one of 'day', 'week', 'month', 'lifetime'";

    private static readonly (string Word, CapWindowKind Kind)[] Words =
    [
        ("day", CapWindowKind.CalendarDay), ("week", CapWindowKind.CalendarWeek), ("month", CapWindowKind.CalendarMonth), ("lifetime", CapWindowKind.Lifetime),
    ];

    public static bool TryParse(string text, out CapWindowKind kind, out TimeSpan length)
    {
        length = default;
        int word = Array.FindIndex(Words, pair => pair.Word == text);
        kind = word >= 0 ? Words[word].Kind : CapWindowKind.Rolling;
        return word >= 0 || DurationText.TryParse(text, out length);
    }

    public static string Hint(string text) => NearestName.Hint(text, Words.Select(pair => pair.Word));
}
