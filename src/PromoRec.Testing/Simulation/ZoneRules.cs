namespace PromoRec.Testing.Simulation;

/// <summary>The time zones that customers live in, with the summer-time rules in force since 2007.</summary>
/// <remarks>Written out rather than looked up, so that the events do not depend on the machine's time zone data; a test compares the two.</remarks>
internal static class ZoneRules
{
    private enum SummerTime
    {
        None,
        European,
        American,
        Australian,
    }

    private static readonly (string Id, int StandardMinutes, SummerTime Rule, int Weight)[] Zones =
    [
        ("Europe/Berlin", 60, SummerTime.European, 20),
        ("Europe/London", 0, SummerTime.European, 15),
        ("America/New_York", -300, SummerTime.American, 20),
        ("America/Los_Angeles", -480, SummerTime.American, 10),
        ("Asia/Shanghai", 480, SummerTime.None, 15),
        ("Asia/Tokyo", 540, SummerTime.None, 5),
        ("Asia/Kolkata", 330, SummerTime.None, 6),
        ("Asia/Kathmandu", 345, SummerTime.None, 2),
        ("America/Sao_Paulo", -180, SummerTime.None, 4),
        ("Australia/Sydney", 600, SummerTime.Australian, 3),
    ];

    public static int Count => Zones.Length;

    /// <summary>The IANA name.</summary>
    public static string Id(int zone) => Zones[zone].Id;

    /// <summary>The zone at a position from 0 to 1, so that a uniform number picks zones by how many customers live there.</summary>
    public static int Pick(double position)
    {
        int total = 0;
        foreach (var zone in Zones)
        {
            total += zone.Weight;
        }

        double left = position * total;
        for (int zone = 0; zone < Zones.Length - 1; zone++)
        {
            left -= Zones[zone].Weight;
            if (left < 0)
            {
                return zone;
            }
        }

        return Zones.Length - 1;
    }

    /// <summary>Minutes to add to UTC for local time.</summary>
    public static int OffsetMinutes(int zone, DateTime utc)
    {
        (_, int standard, SummerTime rule, _) = Zones[zone];
        DateTime standardTime = utc.AddMinutes(standard);
        int year = standardTime.Year;
        bool summer = rule switch
        {
            // 01:00 UTC, everywhere at once.
            SummerTime.European => utc >= Sunday(year, 3, last: true).AddHours(1) && utc < Sunday(year, 10, last: true).AddHours(1),

            // 02:00 by the clock before the change, which in November is 01:00 standard time.
            SummerTime.American => standardTime >= Sunday(year, 3, nth: 2).AddHours(2) && standardTime < Sunday(year, 11).AddHours(1),
            SummerTime.Australian => standardTime < Sunday(year, 4).AddHours(2) || standardTime >= Sunday(year, 10).AddHours(2),
            _ => false,
        };
        return summer ? standard + 60 : standard;
    }

    private static DateTime Sunday(int year, int month, int nth = 1, bool last = false)
    {
        var day = new DateTime(year, month, last ? DateTime.DaysInMonth(year, month) : 1);
        return last ? day.AddDays(-(int)day.DayOfWeek) : day.AddDays(((7 - (int)day.DayOfWeek) % 7) + (7 * (nth - 1)));
    }
}
