using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>Local time and hours of activity over the simulated days, in milliseconds since the start.</summary>
internal sealed class ShopClock
{
    public const long HourMs = 3_600_000;
    public const long DayMs = 24 * HourMs;

    /// <summary>Hours in a local day; an activity profile has a weight for each, 1 on average.</summary>
    public const int HoursPerDay = 24;

    /// <summary>Profile of the shop's own sending hours, 07:00 to 22:00 local time, evenly.</summary>
    public const int SendingProfile = 24 * 3;

    private static readonly int[] WindowLengths = [6, 9, 12];

    private readonly short[][] _offsetMinutes;
    private readonly double[] _weights = new double[(SendingProfile + 1) * HoursPerDay];
    private readonly long _startHourOfDay;

    public ShopClock(DateTimeOffset start, int days)
    {
        Start = start;
        Hours = days * HoursPerDay;
        _startHourOfDay = start.Hour;
        _offsetMinutes = new short[ZoneRules.Count][];
        for (int zone = 0; zone < ZoneRules.Count; zone++)
        {
            var offsets = _offsetMinutes[zone] = new short[Hours];
            for (int hour = 0; hour < Hours; hour++)
            {
                offsets[hour] = (short)ZoneRules.OffsetMinutes(zone, start.UtcDateTime.AddHours(hour));
            }
        }

        for (int profile = 0; profile < SendingProfile; profile++)
        {
            FillWindow(profile, WindowStart(profile), WindowLength(profile), curvature: 0.7);
        }

        FillWindow(SendingProfile, 7, 15, curvature: 0);
    }

    public DateTimeOffset Start { get; }

    /// <summary>Hours from the start to the nominal end.</summary>
    public int Hours { get; }

    public static int Profile(int windowStart, int lengthNumber) => (windowStart * WindowLengths.Length) + lengthNumber;

    public static int LengthCount => WindowLengths.Length;

    public static int WindowStart(int profile) => profile / WindowLengths.Length;

    public static int WindowLength(int profile) => WindowLengths[profile % WindowLengths.Length];

    public DateTimeOffset At(long ms) => Start.AddMilliseconds(ms);

    public long Ms(DateTimeOffset at) => (long)Math.Floor((at - Start).TotalMilliseconds);

    /// <summary>Weight of the local hour, as a share of the profile's busiest hour: 0 outside the hours of activity.</summary>
    public double HourFit(int profile, int zone, long ms)
    {
        ReadOnlySpan<double> weights = Weights(profile);
        double peak = 0;
        foreach (double weight in weights)
        {
            peak = Math.Max(peak, weight);
        }

        return weights[(int)(LocalMs(zone, ms) % DayMs / HourMs)] / peak;
    }

    /// <summary>The next event of a Poisson process whose rate is <paramref name="perDay"/> a day, spread over local hours by a profile.</summary>
    public long Next(ref SeededRandom random, int profile, int zone, double perDay, long from)
    {
        ReadOnlySpan<double> weights = Weights(profile);

        // What is left to wait, in hours of average activity; whole days are skipped at once.
        double wait = PortableMath.NextExponential(ref random) * HoursPerDay / perDay;
        double days = Math.Floor(wait / HoursPerDay);
        if (days > 10_000)
        {
            return long.MaxValue;
        }

        wait -= days * HoursPerDay;
        long local = LocalMs(zone, from) + ((long)days * DayMs);
        while (true)
        {
            double weight = weights[(int)(local % DayMs / HourMs)];
            long hourEnd = ((local / HourMs) + 1) * HourMs;
            double mass = weight * (hourEnd - local) / HourMs;
            if (wait < mass)
            {
                local += (long)(wait / weight * HourMs);
                break;
            }

            wait -= mass;
            local = hourEnd;
        }

        // The offset may have changed between then and now; an hour that summer time skips or repeats moves the event by at most that hour.
        long utc = local - LocalShift(zone, from);
        return Math.Max(local - LocalShift(zone, utc), from + 1);
    }

    private long LocalMs(int zone, long ms) => ms + LocalShift(zone, ms);

    /// <summary>Local milliseconds since the local midnight before the start, never negative, less milliseconds since the start.</summary>
    private long LocalShift(int zone, long ms)
    {
        long hour = Math.Clamp(ms / HourMs, 0, Hours - 1);
        return ((_startHourOfDay + HoursPerDay) * HourMs) + (_offsetMinutes[zone][hour] * 60_000L);
    }

    private ReadOnlySpan<double> Weights(int profile) => _weights.AsSpan(profile * HoursPerDay, HoursPerDay);

    private void FillWindow(int profile, int start, int length, double curvature)
    {
        Span<double> weights = _weights.AsSpan(profile * HoursPerDay, HoursPerDay);
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            double fromCentre = (((2 * i) + 1.0) / length) - 1;
            double weight = 1 - (curvature * fromCentre * fromCentre);
            weights[(start + i) % HoursPerDay] = weight;
            sum += weight;
        }

        foreach (ref double weight in weights)
        {
            weight *= HoursPerDay / sum;
        }
    }
}
