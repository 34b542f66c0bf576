namespace PromoRec.Push.PolicyFile;

/// <summary>The names of weekdays in a policy file.</summary>
internal static class Weekdays
{
    /// <summary>Monday first.</summary>
    public static (string Word, DayOfWeek Value)[] Words { get; } =
    [
        .. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => (day.ToString().ToLowerInvariant(), day)),
    ];
}
