using System.Globalization;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Caps;

/// <summary>Where a cap counts for a push at some instant.</summary>
internal readonly record struct CapWindow(CapWindowKind Kind, TimeSpan Length, DayOfWeek WeekStart)
{
    /// <summary>The window as it stands in the name of a policy.</summary>
    public string Text => Kind switch
    {
        CapWindowKind.CalendarDay => "day",
        CapWindowKind.CalendarWeek => "week",
        CapWindowKind.CalendarMonth => "month",
        CapWindowKind.Lifetime => "ever",
        _ => TextOf(Length),
    };

    /// <summary>A length as it stands in the name of a policy, such as "7d", "36h" or "90min".</summary>
    public static string TextOf(TimeSpan length) =>
        length.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{length.Days}d")
        : length.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours}h")
        : length.Ticks % TimeSpan.TicksPerMinute == 0 ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes}min")
        : string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.###}s");

    /// <returns>False when it is a calendar window and nobody knows the customer's local time.</returns>
    public bool TryGet(in CustomerZone zone, DateTimeOffset at, out LedgerWindow window)
    {
        window = Kind == CapWindowKind.Rolling ? LedgerWindow.Rolling(Length) : LedgerWindow.Lifetime;
        if (Kind is CapWindowKind.Rolling or CapWindowKind.Lifetime)
        {
            return true;
        }

        if (zone.Calendars.IsDefaultOrEmpty)
        {
            return false;
        }

        // Where any of several zones may be the customer's, what counts in one of them counts.
        InstantInterval interval = Containing(zone.Calendars[0], at);
        foreach (LocalCalendar calendar in zone.Calendars.AsSpan()[1..])
        {
            InstantInterval other = Containing(calendar, at);
            interval = new InstantInterval(other.Start < interval.Start ? other.Start : interval.Start, other.End > interval.End ? other.End : interval.End);
        }

        window = LedgerWindow.Between(interval.Start, interval.End);
        return true;
    }

    private InstantInterval Containing(LocalCalendar calendar, DateTimeOffset at) => Kind switch
    {
        CapWindowKind.CalendarDay => calendar.DayContaining(at),
        CapWindowKind.CalendarWeek => calendar.WeekContaining(at, WeekStart),
        _ => calendar.MonthContaining(at),
    };
}
