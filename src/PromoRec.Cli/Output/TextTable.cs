using System.Globalization;
using System.Text;

namespace PromoRec.Cli.Output;

/// <summary>A small table for people: columns as wide as their texts, numbers to the right.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];
    private readonly bool[] _right;

    /// <summary>Starts with the headings; one that begins with '>' stands to the right.</summary>
    public TextTable(params string[] headings)
    {
        _right = [.. headings.Select(h => h.StartsWith('>'))];
        _rows.Add([.. headings.Select(h => h.TrimStart('>'))]);
    }

    public TextTable Add(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    public void Write(TextWriter writer, string indent = "  ")
    {
        int[] widths = [.. Enumerable.Range(0, _right.Length).Select(c => _rows.Max(row => Width(row[c])))];
        foreach (string[] row in _rows)
        {
            var line = new StringBuilder(indent);
            for (int c = 0; c < row.Length; c++)
            {
                string padding = new(' ', widths[c] - Width(row[c]));
                line.Append(_right[c] ? padding + row[c] : row[c] + padding).Append("  ");
            }

            writer.WriteLine(line.ToString().TrimEnd());
        }
    }

    /// <summary>Columns on a terminal, nearly: wide scripts take two, and marks that join the character before take none.</summary>
    private static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            bool joins = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
            bool wide = rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
            width += joins ? 0 : wide ? 2 : 1;
        }

        return width;
    }
}
