using System.Collections.Immutable;

namespace PromoRec.Push.Calendar;

/// <summary>The local time of a customer: one calendar, or all of a country where nobody knows which.</summary>
/// <param name="Source">How it is known.</param>
/// <param name="Calendars">The calendars; empty when it is not known. The first is used where there can be only one.</param>
public readonly record struct CustomerZone(ZoneSource Source, ImmutableArray<LocalCalendar> Calendars)
{
    /// <summary>Nobody knows it.</summary>
    internal static CustomerZone Unknown { get; } = new(ZoneSource.Unknown, []);

    /// <summary>The calendar to use where there can be only one; null when the zone is not known.</summary>
    public LocalCalendar? Calendar => Calendars.IsDefaultOrEmpty ? null : Calendars[0];
}
