using System.Globalization;
using System.Xml.Linq;

namespace PromoRec.Cli.Output.Html;

/// <summary>Makes the elements of pictures. All looks come from the classes of the page, so that they follow its colours.</summary>
internal static class Svg
{
    public const int Width = 640;
    public const int Height = 360;
    public const int Left = 64;
    public const int Right = 624;
    public const int Top = 16;
    public const int Bottom = 308;

    /// <summary>Colours and marks there are; further series begin again with broken lines.</summary>
    public const int Looks = 6;

    public static XElement Line(string css, double x1, double y1, double x2, double y2) =>
        new("line", new XAttribute("class", css), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    public static XElement Text(string css, double x, double y, string anchor, string text) =>
        new("text", new XAttribute("class", css), At("x", x), At("y", y), new XAttribute("text-anchor", anchor), HtmlPage.Clean(text));

    public static XElement Path(string css, IEnumerable<(double X, double Y)> points) =>
        new("polyline", new XAttribute("class", css), new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    public static XElement Bar(string css, double x, double y, double width, double height) =>
        new("rect", new XAttribute("class", css), At("x", x), At("y", y), At("width", width), At("height", Math.Max(height, 0)));

    /// <summary>A mark whose form tells series apart where colours do not.</summary>
    public static XElement Mark(int series, double x, double y)
    {
        string css = $"mark {Look(series)}";
        const double Half = 4;
        return (series % 3) switch
        {
            0 => new XElement("circle", new XAttribute("class", css), At("cx", x), At("cy", y), At("r", Half)),
            1 => Bar(css, x - Half, y - Half, 2 * Half, 2 * Half),
            _ => new XElement("polygon", new XAttribute("class", css), new XAttribute("points", string.Create(CultureInfo.InvariantCulture, $"{Number(x)},{Number(y - 5)} {Number(x + 5)},{Number(y + 4)} {Number(x - 5)},{Number(y + 4)}"))),
        };
    }

    /// <summary>The classes of a series: its colour, and a broken line after the colours have all been used.</summary>
    public static string Look(int series) => string.Create(CultureInfo.InvariantCulture, $"s{series % Looks}{(series >= Looks ? " again" : string.Empty)}");

    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => new(name, Number(value));
}
