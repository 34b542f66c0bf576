using System.Globalization;
using System.Xml.Linq;

namespace PromoRec.Cli.Output.Html;

/// <summary>Draws charts, each with a legend and a table of its numbers.</summary>
internal static class Chart
{
    /// <summary>Lines with marks.</summary>
    /// <param name="text">Its words.</param>
    /// <param name="series">The lines; at least one with a point.</param>
    /// <param name="ratios">The values along the bottom where equal ratios lie at equal distances; null for equal differences.</param>
    /// <param name="unit">Whether both sides go from 0 to 1, with a line where they are equal.</param>
    /// <param name="fromZero">Whether the side begins at 0.</param>
    /// <param name="even">Whether both sides go from the smallest to the largest value of either, with a line where they are equal.</param>
    public static XElement Lines(ChartText text, IReadOnlyList<ChartSeries> series, IReadOnlyList<double>? ratios = null, bool unit = false, bool fromZero = true, bool even = false)
    {
        ChartPoint[] all = [.. series.SelectMany(one => one.Points)];
        double least = even ? all.Min(point => Math.Min(point.X, point.Y)) : 0;
        double most = even ? all.Max(point => Math.Max(point.X, point.Y)) : 0;
        ChartAxis x = even ? ChartAxis.Between(least, most, Svg.Left, Svg.Right)
            : ratios is not null ? ChartAxis.Ratios(ratios, Svg.Left, Svg.Right)
            : ChartAxis.FromZero(unit ? 1 : all.Max(point => point.X), Svg.Left, Svg.Right);
        ChartAxis y = even ? ChartAxis.Between(least, most, Svg.Bottom, Svg.Top)
            : fromZero ? ChartAxis.FromZero(unit ? 1 : all.Max(point => point.Y), Svg.Bottom, Svg.Top)
            : ChartAxis.Between(all.Min(point => point.Y), all.Max(point => point.Y), Svg.Bottom, Svg.Top);
        List<XElement> drawn = Frame(text, y);
        foreach (double tick in x.Ticks)
        {
            drawn.Add(Svg.Line("grid", x.Place(tick), Svg.Top, x.Place(tick), Svg.Bottom));
            drawn.Add(Svg.Text("tick", x.Place(tick), Svg.Bottom + 18, "middle", ChartAxis.Label(tick)));
        }

        if (unit || even)
        {
            (double low, double high) = unit ? (0, 1) : (x.Ticks[0], x.Ticks[^1]);
            drawn.Add(Svg.Line("even", x.Place(low), y.Place(low), x.Place(high), y.Place(high)));
        }

        for (int i = 0; i < series.Count; i++)
        {
            drawn.Add(Svg.Path($"path {Svg.Look(i)}", series[i].Points.Select(point => (x.Place(point.X), y.Place(point.Y)))));
            foreach (ChartPoint point in series[i].Points)
            {
                XElement mark = Svg.Mark(i, x.Place(point.X), y.Place(point.Y));
                mark.Add(new XElement("title", HtmlPage.Clean($"{series[i].Name}, {point.Label}: {Show(point.X)}, {Show(point.Y)}")));
                drawn.Add(mark);
            }
        }

        return Figure(text, series, drawn);
    }

    /// <summary>Bars in groups; every series has a bar in every group.</summary>
    public static XElement Bars(ChartText text, IReadOnlyList<ChartSeries> series)
    {
        ChartAxis y = ChartAxis.FromZero(series.SelectMany(one => one.Points).Max(point => point.Y), Svg.Bottom, Svg.Top);
        List<XElement> drawn = Frame(text, y);
        int groups = series[0].Points.Count;
        double group = (double)(Svg.Right - Svg.Left) / groups;
        double bar = group * 0.8 / series.Count;
        for (int at = 0; at < groups; at++)
        {
            double left = Svg.Left + (at * group);
            drawn.Add(Svg.Text("tick", left + (group / 2), Svg.Bottom + 18, "middle", series[0].Points[at].Label));
            for (int i = 0; i < series.Count; i++)
            {
                double top = y.Place(series[i].Points[at].Y);
                XElement drawnBar = Svg.Bar($"bar {Svg.Look(i)}", left + (group * 0.1) + (i * bar), top, bar, Svg.Bottom - top);
                drawnBar.Add(new XElement("title", HtmlPage.Clean($"{series[i].Name}, {series[i].Points[at].Label}: {Show(series[i].Points[at].Y)}")));
                drawn.Add(drawnBar);
            }
        }

        return Figure(text, series, drawn);
    }

    /// <summary>A number as all tables of the page show it.</summary>
    public static string Show(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static List<XElement> Frame(ChartText text, ChartAxis y)
    {
        List<XElement> drawn = [];
        foreach (double tick in y.Ticks)
        {
            drawn.Add(Svg.Line("grid", Svg.Left, y.Place(tick), Svg.Right, y.Place(tick)));
            drawn.Add(Svg.Text("tick", Svg.Left - 8, y.Place(tick) + 4, "end", ChartAxis.Label(tick)));
        }

        drawn.Add(Svg.Text("label", (Svg.Left + Svg.Right) / 2.0, Svg.Height - 8, "middle", text.X));
        XElement side = Svg.Text("label", 0, 0, "middle", text.Y);
        side.Add(new XAttribute("transform", $"translate(14 {Svg.Number((Svg.Top + Svg.Bottom) / 2.0)}) rotate(-90)"));
        drawn.Add(side);
        return drawn;
    }

    private static XElement Figure(ChartText text, IReadOnlyList<ChartSeries> series, List<XElement> drawn)
    {
        string title = $"{text.Id}-title";
        string explanation = $"{text.Id}-text";
        return new XElement(
            "figure",
            new XElement("figcaption", new XElement("h3", text.Title), new XElement("p", text.Explanation)),
            new XElement(
                "svg",
                new XAttribute("viewBox", $"0 0 {Svg.Width} {Svg.Height}"),
                new XAttribute("role", "img"),
                new XAttribute("aria-labelledby", $"{title} {explanation}"),
                new XElement("title", new XAttribute("id", title), text.Title),
                new XElement("desc", new XAttribute("id", explanation), $"{text.Explanation} Along the bottom: {text.X}. Along the side: {text.Y}. The numbers are in the table below."),
                drawn),
            Legend(series),
            Numbers(text, series));
    }

    private static XElement Legend(IReadOnlyList<ChartSeries> series) => new(
        "ul",
        new XAttribute("class", "legend"),
        series.Select((one, i) => new XElement(
            "li",
            new XElement("svg", new XAttribute("class", "swatch"), new XAttribute("viewBox", "0 0 28 12"), new XAttribute("aria-hidden", "true"), Svg.Path($"path {Svg.Look(i)}", [(0, 6), (28, 6)]), Svg.Mark(i, 14, 6)),
            new XElement("span", HtmlPage.Clean(one.Name)))));

    private static XElement Numbers(ChartText text, IReadOnlyList<ChartSeries> series) => new(
        "details",
        new XElement("summary", "The numbers"),
        HtmlPage.Table(
            text.Id,
            [text.Label, "series", text.X, text.Y],
            series.SelectMany(one => one.Points.Select(point => (IReadOnlyList<string>)[point.Label, one.Name, Show(point.X), Show(point.Y)]))));
}
