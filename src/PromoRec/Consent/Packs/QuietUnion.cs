namespace PromoRec.Consent.Packs;

/// <summary>Puts quiet hours together: what is quiet in one is quiet.</summary>
internal static class QuietUnion
{
    /// <summary>Most intervals that a day may have.</summary>
    public const int MaxSpans = 8;

    private const int MinutesOfDay = 24 * 60;

    /// <returns>Intervals apart from each other, in order; the whole day, in two halves, where nothing else or too much would be left.</returns>
    public static List<QuietPeriod> Of(IEnumerable<QuietPeriod> spans)
    {
        bool[] isQuiet = new bool[MinutesOfDay];
        foreach (QuietPeriod span in spans)
        {
            int to = MinuteOf(span.To);
            for (int minute = MinuteOf(span.From); minute != to; minute = (minute + 1) % MinutesOfDay)
            {
                isQuiet[minute] = true;
            }
        }

        List<QuietPeriod> union = [];
        for (int minute = 0; minute < MinutesOfDay; minute++)
        {
            if (isQuiet[minute] && !isQuiet[(minute + MinutesOfDay - 1) % MinutesOfDay])
            {
                int length = 1;
                while (isQuiet[(minute + length) % MinutesOfDay])
                {
                    length++;
                }

                union.Add(new QuietPeriod(TimeAt(minute), TimeAt((minute + length) % MinutesOfDay)));
            }
        }

        bool isWholeDay = union.Count > MaxSpans || (union.Count == 0 && isQuiet[0]);
        return isWholeDay ? [new QuietPeriod(TimeAt(0), TimeAt(MinutesOfDay / 2)), new QuietPeriod(TimeAt(MinutesOfDay / 2), TimeAt(0))] : union;
    }

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static TimeOnly TimeAt(int minute) => new(minute / 60, minute % 60);
}
