using System.Globalization;

namespace PromoRec.Push.PolicyFile;

/// <summary>Parts of the sentences in which a policy file is told.</summary>
internal static class Phrases
{
    private static readonly (TimeSpan Length, string One, string Many)[] Units =
    [
        (TimeSpan.FromDays(1), "day", "days"), (TimeSpan.FromHours(1), "hour", "hours"), (TimeSpan.FromMinutes(1), "minute", "minutes"), (TimeSpan.FromSeconds(1), "second", "seconds"),
    ];

    /// <summary>"3 pushes".</summary>
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>"7 days", "36 hours": the largest unit that it is a whole number of.</summary>
    public static string Duration(TimeSpan duration)
    {
        (TimeSpan length, string one, string many) = Array.Find(Units, unit => duration.Ticks % unit.Length.Ticks == 0 && duration >= unit.Length);
        return length == default ? "no time" : Count(duration.Ticks / length.Ticks, one, many);
    }

    /// <summary>"a", "a or b", "a, b or c".</summary>
    public static string Or(IEnumerable<string> names) => Join(names, "or");

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string And(IEnumerable<string> names) => Join(names, "and");

    /// <summary>" over email or sms of the category 'shoes'"; nothing where a filter takes everything.</summary>
    public static string Filter(PushFilter filter) =>
        (filter.Channels.Count == 0 ? string.Empty : $" over {Or(filter.Channels.Select(channel => channel.ToString()).Order(StringComparer.Ordinal))}")
        + Named(filter.Categories, "category", "categories")
        + Named(filter.Campaigns, "campaign", "campaigns");

    /// <summary>" over the same channel and of the same category"; nothing for everything.</summary>
    public static string Scope(PushScope scope, string? keyName)
    {
        List<string> parts = [];
        Add(PushScope.Channel, "over the same channel");
        Add(PushScope.Category, "of the same category");
        Add(PushScope.Campaign, "of the same campaign");
        Add(PushScope.Offer, "of the same offer");
        Add(PushScope.Key, $"with the same '{keyName}'");
        return parts.Count == 0 ? string.Empty : $" {And(parts)}";

        void Add(PushScope dimension, string phrase)
        {
            if (scope.HasFlag(dimension))
            {
                parts.Add(phrase);
            }
        }
    }

    /// <summary>" within 7 days", " in the same calendar day".</summary>
    public static string Window(CapWindowKind kind, TimeSpan length, DayOfWeek weekStart) => kind switch
    {
        CapWindowKind.CalendarDay => " in the customer's calendar day",
        CapWindowKind.CalendarWeek => $" in the customer's calendar week, which begins on {weekStart}",
        CapWindowKind.CalendarMonth => " in the customer's calendar month",
        CapWindowKind.Lifetime => " ever",
        _ => $" within {Duration(length)}",
    };

    private static string Named(ISet<string> names, string one, string many) =>
        names.Count == 0 ? string.Empty : $" of the {(names.Count == 1 ? one : many)} {Or(names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}";

    private static string Join(IEnumerable<string> names, string last)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }
}
