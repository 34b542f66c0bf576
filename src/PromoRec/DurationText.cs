using System.Globalization;

namespace PromoRec;

/// <summary>Stretches of time as people write them in settings: whole numbers with a unit, the largest unit first, such as "90m", "24h" or "1d12h".</summary>
internal static class DurationText
{
    public const string Expected = "a stretch of time such as \"15m\", \"24h\", \"7d\" or \"1d12h\": whole numbers with s, m, h, d or w";

    private const int MostDigits = 9;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('w', 7 * TimeSpan.TicksPerDay), ('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond),
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        bool isEmpty = text.IsEmpty;
        for (int next = 0; !text.IsEmpty;)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > MostDigits)
            {
                return false;
            }

            // A unit that is not after the one before is a slip of the pen.
            char name = text[digits];
            int unit = Array.FindIndex(Units, next, pair => pair.Unit == name);
            if (unit < 0 || !TryAdd(int.Parse(text[..digits], CultureInfo.InvariantCulture), Units[unit].Ticks, ref duration))
            {
                return false;
            }

            next = unit + 1;
            text = text[(digits + 1)..];
        }

        return !isEmpty;
    }

    /// <summary>The same in as few units as say it exactly, never in weeks: "7d", "36h", "90m". What is less than a second is left out.</summary>
    public static string Of(TimeSpan duration)
    {
        long ticks = duration.Ticks;
        (char unit, long length) = Array.Find(Units, pair => pair.Unit != 'w' && ticks % pair.Ticks == 0 && ticks >= pair.Ticks);
        return length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}s")
            : string.Create(CultureInfo.InvariantCulture, $"{ticks / length}{unit}");
    }

    private static bool TryAdd(long count, long unit, ref TimeSpan duration)
    {
        if (count > (TimeSpan.MaxValue.Ticks - duration.Ticks) / unit)
        {
            return false;
        }

        duration += TimeSpan.FromTicks(count * unit);
        return true;
    }
}
