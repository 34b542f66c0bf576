using System.Text;

namespace PromoRec.Cli.Reading;

/// <summary>Several values in one field: <c>a|b|c</c>. A bar inside a value is written <c>\|</c>, a backslash <c>\\</c>.</summary>
internal static class BarList
{
    public static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    public static string Join(IEnumerable<string> values) => string.Join('|', values.Select(Escape));

    /// <summary>The values, trimmed; empty ones are left out.</summary>
    public static List<string> Split(string field)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 1 < field.Length && field[i + 1] is '\\' or '|')
            {
                value.Append(field[++i]);
            }
            else if (field[i] == '|')
            {
                Take(values, value);
            }
            else
            {
                value.Append(field[i]);
            }
        }

        Take(values, value);
        return values;
    }

    private static void Take(List<string> values, StringBuilder value)
    {
        string text = value.ToString().Trim();
        value.Clear();
        if (text.Length > 0)
        {
            values.Add(text);
        }
    }
}
