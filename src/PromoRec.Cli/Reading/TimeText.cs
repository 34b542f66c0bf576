using System.Buffers.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Reads a time: ISO 8601 with or without offset, a date, or Unix seconds.</summary>
internal static class TimeText
{
    public const string Expected = "Expected ISO 8601, such as 2026-03-01T18:30:00+01:00 or 2026-03-01, or Unix seconds, such as 1772386200.";

    private const long LastUnixSecond = 253_402_300_799;
    private const int TicksDigits = 7;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The field.</param>
    /// <param name="zone">Zone of a time without offset. A time that a clock change skips or repeats there is read as standard time.</param>
    /// <param name="time">The time.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        text = FieldText.Trim(text);
        return TryUnix(text, out time) || TryIso(text, zone, out time);
    }

    private static bool TryUnix(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (IsDateWithoutHyphens(text) || !Utf8Parser.TryParse(text, out long seconds, out int used) || used != text.Length || seconds is < 0 or > LastUnixSecond)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    /// <summary>20260301 is far more likely a date than a second of August 1970, so it is read as neither.</summary>
    private static bool IsDateWithoutHyphens(ReadOnlySpan<byte> text) =>
        text.Length == 8 && Digits(text[..4], out int year) && Digits(text[4..6], out int month) && Digits(text[6..], out int day)
        && year is >= 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool TryIso(ReadOnlySpan<byte> text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out int year) || !Digits(text[5..7], out int month) || !Digits(text[8..10], out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var local = new DateTime(year, month, day);
        text = text[10..];
        if (text.IsEmpty)
        {
            return TryPlace(local, zone.GetUtcOffset(local), out time);
        }

        if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryTimeOfDay(text[1..], out TimeSpan timeOfDay, out ReadOnlySpan<byte> rest))
        {
            return false;
        }

        local += timeOfDay;
        return rest.IsEmpty ? TryPlace(local, zone.GetUtcOffset(local), out time)
            : TryOffset(rest, out TimeSpan offset) && TryPlace(local, offset, out time);
    }

    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out TimeSpan timeOfDay, out ReadOnlySpan<byte> rest)
    {
        timeOfDay = default;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out int hour) || !Digits(text[3..5], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        timeOfDay = new TimeSpan(hour, minute, 0);
        rest = text[5..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            if (!Digits(rest[1..3], out int second) || second > 59)
            {
                return false;
            }

            timeOfDay += TimeSpan.FromSeconds(second);
            rest = rest[3..];
            if (rest.Length >= 2 && rest[0] is (byte)'.' or (byte)',')
            {
                timeOfDay += Fraction(rest[1..], out int length);
                rest = rest[(1 + length)..];
            }
        }

        return true;
    }

    /// <summary>A fraction of a second, as far as it can be told apart, and how many digits it has.</summary>
    private static TimeSpan Fraction(ReadOnlySpan<byte> text, out int length)
    {
        long ticks = 0;
        for (length = 0; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            ticks = length < TicksDigits ? (10 * ticks) + text[length] - '0' : ticks;
        }

        for (int digit = length; digit < TicksDigits; digit++)
        {
            ticks *= 10;
        }

        return TimeSpan.FromTicks(ticks);
    }

    /// <summary>Z, +hh, +hhmm or +hh:mm.</summary>
    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        int minutes = 0;
        if (!Digits(text[1..3], out int hours) || (text.Length > 3 && !Digits(text[^2..], out minutes)) || hours > 14 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return offset.Duration() <= TimeSpan.FromHours(14);
    }

    private static bool TryPlace(DateTime local, TimeSpan offset, out DateTimeOffset time)
    {
        time = default;
        long utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        bool isNumber = FieldText.TryDigits(text, out long number);
        value = (int)number;
        return isNumber;
    }
}
