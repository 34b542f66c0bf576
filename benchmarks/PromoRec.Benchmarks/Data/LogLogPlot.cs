using System.Globalization;
using System.Xml.Linq;

namespace PromoRec.Benchmarks.Data;

/// <summary>Draws lines over logarithmic axes, panel beside panel, as an SVG file that needs nothing else.</summary>
internal static class LogLogPlot
{
    private const int PanelWidth = 560;
    private const int Left = 76;
    private const int Right = 20;
    private const int Top = 60;
    private const int PlotHeight = 330;
    private const int LegendLine = 20;

    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#777777"];
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Draw(string title, string xName, IReadOnlyList<LogLogPanel> panels)
    {
        int width = panels.Count * PanelWidth;
        int height = Top + PlotHeight + 60 + (panels.Max(panel => panel.Series.Count) * LegendLine) + 10;
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 13),
            new XElement(Svg + "rect", new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", "white")),
            Text(width / 2.0, 26, "middle", title, size: 17));
        for (int i = 0; i < panels.Count; i++)
        {
            root.Add(new XElement(Svg + "g", new XAttribute("transform", $"translate({i * PanelWidth} 0)"), Panel(panels[i], xName)));
        }

        return new XDocument(root).ToString() + Environment.NewLine;
    }

    private static IEnumerable<XElement> Panel(LogLogPanel panel, string xName)
    {
        (double X, double Y)[] all = [.. panel.Series.SelectMany(series => series.Points)];
        (double, double) x = Ends(all.Select(point => point.X));
        (double, double) y = Ends(all.Select(point => point.Y));
        double bottom = Top + PlotHeight;
        double right = PanelWidth - Right;
        yield return Text(Left, Top - 10, "start", panel.Unit, size: 14);
        foreach (double tick in Ticks(x))
        {
            double at = Place(tick, x, Left, right);
            yield return Line(at, Top, at, bottom, "#dddddd", 1);
            yield return Text(at, bottom + 18, "middle", Show(tick));
        }

        foreach (double tick in Ticks(y))
        {
            double at = Place(tick, y, bottom, Top);
            yield return Line(Left, at, right, at, "#dddddd", 1);
            yield return Text(Left - 8, at + 4, "end", Show(tick));
        }

        yield return Text((Left + right) / 2, bottom + 38, "middle", xName);
        for (int i = 0; i < panel.Series.Count; i++)
        {
            LogLogSeries series = panel.Series[i];
            string color = Colors[i % Colors.Length];
            (double X, double Y)[] points = [.. series.Points.Select(point => (Place(point.X, x, Left, right), Place(point.Y, y, bottom, Top)))];
            yield return new XElement(
                Svg + "polyline",
                new XAttribute("points", string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}")))),
                new XAttribute("fill", "none"),
                new XAttribute("stroke", color),
                new XAttribute("stroke-width", 2));
            foreach ((double px, double py) in points)
            {
                yield return new XElement(Svg + "circle", new XAttribute("cx", Number(px)), new XAttribute("cy", Number(py)), new XAttribute("r", 3.5), new XAttribute("fill", color));
            }

            double legend = bottom + 62 + (i * LegendLine);
            yield return Line(Left, legend - 4, Left + 26, legend - 4, color, 3);
            string slope = double.IsNaN(series.Slope) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (slope {series.Slope:F2})");
            yield return Text(Left + 34, legend, "start", series.Name + slope);
        }
    }

    /// <summary>Some room on either side of the numbers.</summary>
    private static (double Least, double Most) Ends(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return (sorted[0] / 1.4, sorted[^1] * 1.4);
    }

    /// <summary>1, 2 and 5 times the powers of ten, and the powers alone where that is too many.</summary>
    private static IEnumerable<double> Ticks((double Least, double Most) ends)
    {
        int[] steps = ends.Most / ends.Least > 3_000 ? [1] : [1, 2, 5];
        for (int power = (int)Math.Floor(Math.Log10(ends.Least)); power <= Math.Log10(ends.Most); power++)
        {
            foreach (int step in steps)
            {
                double tick = step * Math.Pow(10, power);
                if (tick >= ends.Least && tick <= ends.Most)
                {
                    yield return tick;
                }
            }
        }
    }

    private static double Place(double number, (double Least, double Most) ends, double from, double to) =>
        from + ((to - from) * Math.Log(number / ends.Least) / Math.Log(ends.Most / ends.Least));

    private static string Show(double tick) => tick switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e9:0.##} G"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e6:0.##} M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e3:0.##} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{tick:0.####}"),
    };

    private static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:F1}");

    private static XElement Line(double x1, double y1, double x2, double y2, string color, double width) => new(
        Svg + "line",
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)),
        new XAttribute("stroke", color),
        new XAttribute("stroke-width", width));

    private static XElement Text(double x, double y, string anchor, string text, int size = 13) =>
        new(Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), new XAttribute("font-size", size), text);
}
