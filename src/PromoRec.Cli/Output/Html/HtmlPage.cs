using System.Text;
using System.Xml;
using System.Xml.Linq;
using PromoRec.Cli.Writing;

namespace PromoRec.Cli.Output.Html;

/// <summary>A page that needs nothing but itself: no scripts, no other files, and readable in light and dark.</summary>
internal static class HtmlPage
{
    // No '<', '>' or '&': a browser reads what stands in a style element as it is.
    private const string Style = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2024; --quiet: #5a6270; --rule: #d9dde3; --c0: #0b62b0; --c1: #c24e00; --c2: #00795a; --c3: #a13d85; --c4: #7a6000; --c5: #49566b; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e8eaed; --quiet: #a3abb8; --rule: #363c45; --c0: #6cb4ff; --c1: #ff9d5c; --c2: #4fd1a5; --c3: #ee93d2; --c4: #e3c55a; --c5: #b3c0d4; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 64px; max-width: 900px; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.7rem; margin: 0 0 4px; } h2 { font-size: 1.25rem; margin: 40px 0 8px; } h3 { font-size: 1.05rem; margin: 0; }
        p { margin: 4px 0 12px; max-width: 75ch; } .quiet, figcaption p { color: var(--quiet); }
        figure { margin: 32px 0; } svg { display: block; width: 100%; height: auto; max-width: 760px; } .swatch { display: inline-block; width: 28px; height: 12px; flex: none; }
        .grid { stroke: var(--rule); stroke-width: 1; } .even { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 2 4; }
        .tick, .label { fill: var(--quiet); font-size: 13px; font-family: system-ui, sans-serif; } .label { fill: var(--ink); }
        .path { fill: none; stroke-width: 2.5; } .again { stroke-dasharray: 7 4; } .mark { stroke: var(--paper); stroke-width: 1; }
        .path.s0 { stroke: var(--c0); } .path.s1 { stroke: var(--c1); } .path.s2 { stroke: var(--c2); } .path.s3 { stroke: var(--c3); } .path.s4 { stroke: var(--c4); } .path.s5 { stroke: var(--c5); }
        .mark.s0, .bar.s0 { fill: var(--c0); } .mark.s1, .bar.s1 { fill: var(--c1); } .mark.s2, .bar.s2 { fill: var(--c2); } .mark.s3, .bar.s3 { fill: var(--c3); } .mark.s4, .bar.s4 { fill: var(--c4); } .mark.s5, .bar.s5 { fill: var(--c5); } .bar.again { fill-opacity: 0.5; }
        .legend { list-style: none; margin: 8px 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 0.9rem; } .legend li { display: flex; align-items: center; gap: 8px; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; margin: 8px 0; font-variant-numeric: tabular-nums; } th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--rule); vertical-align: top; max-width: 26rem; overflow-wrap: break-word; } th { white-space: nowrap; color: var(--quiet); font-weight: 600; }
        summary { cursor: pointer; color: var(--quiet); font-size: 0.9rem; } a { color: inherit; }
        @media print { details { display: none; } }
        """;

    /// <summary>Writes a page; nothing stands at the path until it is whole.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Save(string path, string title, IEnumerable<XElement> content)
    {
        using OutputFile file = OutputFile.Create(path);
        OutputFile.Guard(path, () =>
        {
            file.Stream.Write(Encoding.UTF8.GetBytes(Write(title, content)));
            return true;
        });
        file.Commit();
    }

    /// <summary>A table with headings.</summary>
    public static XElement Table(string id, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) => new(
        "div",
        new XAttribute("class", "scroll"),
        new XElement(
            "table",
            new XAttribute("id", $"{id}-table"),
            new XElement("thead", new XElement("tr", headings.Select(heading => new XElement("th", new XAttribute("scope", "col"), Clean(heading))))),
            new XElement("tbody", rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", Clean(cell))))))));

    /// <summary>A text without characters that no page may hold.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));

    private static string Write(string title, IEnumerable<XElement> content)
    {
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", Clean(title)),
                new XElement("style", Style)),
            new XElement("body", new XElement("main", new XElement("h1", Clean(title)), content)));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }
}
