using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Push.Calendar;

/// <summary>The local time of one zone.</summary>
public sealed class LocalCalendar
{
    private static readonly ConcurrentDictionary<string, LocalCalendar> Known = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo _zone;

    private LocalCalendar(TimeZoneInfo zone) => _zone = zone;

    /// <summary>The zone's IANA name.</summary>
    public string ZoneId => _zone.Id;

    /// <summary>The calendar of a zone.</summary>
    /// <param name="zoneId">An IANA name, such as "Europe/Berlin".</param>
    /// <param name="calendar">The calendar, or null where this machine knows no such zone.</param>
    public static bool TryGet(string? zoneId, [NotNullWhen(true)] out LocalCalendar? calendar)
    {
        calendar = null;
        if (zoneId is null || (!Known.TryGetValue(zoneId, out calendar) && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out TimeZoneInfo? zone)
            && !Known.TryAdd(zoneId, calendar = new LocalCalendar(zone))))
        {
            calendar = zoneId is null ? null : Known[zoneId];
        }

        return calendar is not null;
    }

    /// <summary>The wall time at an instant.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).DateTime;
}
