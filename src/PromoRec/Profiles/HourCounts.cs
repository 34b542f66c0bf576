namespace PromoRec.Profiles;

/// <summary>Adds up events by hour of the day.</summary>
internal sealed class HourCounts
{
    private const int HoursOfDay = 24;

    private readonly double[] _counts = new double[HoursOfDay];

    public void Add(int hour, double weight) => _counts[hour] += weight;

    /// <summary>Shares that add up to 1: smoothed over neighbouring hours by ¼, ½, ¼, round the clock, with so many events more spread evenly.</summary>
    public IReadOnlyList<double> ToShares(double priorEvents)
    {
        double total = priorEvents;
        foreach (double count in _counts)
        {
            total += count;
        }

        var shares = new double[HoursOfDay];
        for (int hour = 0; hour < HoursOfDay; hour++)
        {
            double smoothed = (_counts[hour] / 2) + ((_counts[(hour + HoursOfDay - 1) % HoursOfDay] + _counts[(hour + 1) % HoursOfDay]) / 4);
            shares[hour] = (smoothed + (priorEvents / HoursOfDay)) / total;
        }

        return Array.AsReadOnly(shares);
    }
}
