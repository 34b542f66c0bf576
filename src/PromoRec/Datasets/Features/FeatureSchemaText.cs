using System.Globalization;

namespace PromoRec.Datasets.Features;

/// <summary>A schema as lines of text: fingerprints and model files rest on it, so that changing it means a new version.</summary>
internal static class FeatureSchemaText
{
    private const string Head = "promorec-features-1";

    public static string Write(FeatureSchema schema) =>
        string.Join('\n', schema.Fields.Select(Line).Prepend(string.Create(CultureInfo.InvariantCulture, $"{Head}\t{schema.HashBits}")));

    public static string Line(FeatureField field) => string.Join('\t', (IEnumerable<string>)(field.Kind switch
    {
        FeatureKind.Number => ["number", field.Name, Number(field.Center), Number(field.Scale)],
        FeatureKind.Buckets => ["buckets", field.Name, .. field.Boundaries.Select(Number)],
        FeatureKind.Categories => ["categories", field.Name, .. field.Categories],
        FeatureKind.Hashed => ["hashed", field.Name],
        _ => ["cross", field.Name, .. field.Members],
    }));

    /// <summary>A declaration in words, without the name and cut short: for messages.</summary>
    public static string Describe(FeatureField field)
    {
        const int Longest = 80;
        string text = field.Kind switch
        {
            FeatureKind.Number => $"a number with center {Number(field.Center)} and scale {Number(field.Scale)}",
            FeatureKind.Buckets => $"buckets at {string.Join(", ", field.Boundaries.Select(Number))}",
            FeatureKind.Categories => $"categories {string.Join(", ", field.Categories.Select(category => $"'{category}'"))}",
            FeatureKind.Hashed => "hashed",
            _ => $"a cross of {string.Join(", ", field.Members.Select(member => $"'{member}'"))}",
        };
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }

    /// <summary>The schema that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a schema.</exception>
    public static FeatureSchema Read(string text)
    {
        string[] lines = text.Split('\n');
        string[] head = lines[0].Split('\t');
        if (head.Length != 2 || head[0] != Head || !int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out int hashBits))
        {
            throw new FormatException($"The first line of a feature schema is not '{Head}' and a number of bits.");
        }

        var builder = new FeatureSchemaBuilder { HashBits = hashBits == 0 ? 1 : hashBits };
        try
        {
            foreach (string line in lines.AsSpan(1))
            {
                Add(builder, line.Split('\t'));
            }

            FeatureSchema schema = builder.Build();
            return schema.Text == text ? schema : throw new FormatException("The feature schema is not in its canonical form.");
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new FormatException(fault.Message, fault);
        }
    }

    private static void Add(FeatureSchemaBuilder builder, string[] cells)
    {
        switch (cells)
        {
            case ["number", string name, string center, string scale]:
                builder.AddNumber(name, Parse(center), Parse(scale));
                break;
            case ["buckets", string name, .. string[] boundaries]:
                builder.AddBuckets(name, Array.ConvertAll(boundaries, Parse));
                break;
            case ["categories", string name, .. string[] categories]:
                builder.AddCategories(name, categories);
                break;
            case ["hashed", string name]:
                builder.AddHashed(name);
                break;
            case ["cross", string name, .. string[] members]:
                builder.AddCross(name, members);
                break;
            default:
                throw new FormatException($"A line of the feature schema declares '{cells[0]}' with {cells.Length - 1} cells, which is no field.");
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
