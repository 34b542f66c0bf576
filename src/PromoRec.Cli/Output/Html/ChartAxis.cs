using System.Globalization;

namespace PromoRec.Cli.Output.Html;

/// <summary>Places values along one side of a chart.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 6;

    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _logarithmic;

    private ChartAxis(double low, double high, double start, double end, bool logarithmic, IReadOnlyList<double> ticks)
    {
        _low = low;
        _high = high;
        _start = start;
        _end = end;
        _logarithmic = logarithmic;
        Ticks = ticks;
    }

    /// <summary>Where lines and numbers stand.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>From 0 to a round number at or above the largest value.</summary>
    public static ChartAxis FromZero(double largest, double start, double end) => Between(0, largest > 0 ? largest : 1, start, end);

    /// <summary>From a round number at or below the smallest value to one at or above the largest.</summary>
    public static ChartAxis Between(double smallest, double largest, double start, double end)
    {
        double span = largest > smallest ? largest - smallest : Math.Max(Math.Abs(largest), 1e-9);
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / (MostTicks - 1))));
        double step = new[] { 1, 2, 2.5, 5, 10 }.Select(part => part * power).First(part => span / part <= MostTicks - 1);
        double low = Math.Floor(smallest / step) * step;
        int steps = Math.Max(1, (int)Math.Ceiling(((largest - low) / step) - 1e-9));
        return new ChartAxis(low, low + (steps * step), start, end, logarithmic: false, [.. Enumerable.Range(0, steps + 1).Select(i => low + (i * step))]);
    }

    /// <summary>Equal ratios at equal distances, with these values marked: two or more, all above 0.</summary>
    public static ChartAxis Ratios(IReadOnlyList<double> values, double start, double end) =>
        new(Math.Log(values[0]), values.Count > 1 ? Math.Log(values[^1]) : Math.Log(values[0]) + 1, start, end, logarithmic: true, values);

    public double Place(double value) => _start + (((_logarithmic ? Math.Log(value) : value) - _low) / (_high - _low) * (_end - _start));

    /// <summary>A number at a tick.</summary>
    public static string Label(double tick) => Math.Round(tick, 10).ToString("0.######", CultureInfo.InvariantCulture);
}
