using System.Globalization;

namespace PromoRec.Models.Content;

/// <summary>The names of terms in a model: the field, a colon, and what stands there.</summary>
internal static class ContentTerm
{
    /// <summary>Longest term that is taken.</summary>
    public const int Longest = 256;

    /// <summary>The name of the price.</summary>
    public const string Price = "price";

    /// <summary>What stands before the names of all other numbers, of which one may be called price too.</summary>
    public const string Measured = "measured ";

    private static readonly string[] Prefixes = ["text:", "category:", "brand:", "tag:", "number:", "embedding:"];

    public static string Of(ContentField field, string value) => Prefixes[(int)field] + value;

    /// <summary>The first of the two coordinates of a number, and the second.</summary>
    public static (string Near, string Far) OfNumber(string name) => (Of(ContentField.Number, name + " -"), Of(ContentField.Number, name + " +"));

    /// <summary>A coordinate of an embedding.</summary>
    public static string OfEmbedding(int coordinate) => Of(ContentField.Embedding, coordinate.ToString(CultureInfo.InvariantCulture));

    /// <summary>The field, and what is told of it; the coordinates of one number have one name, and so have those of an embedding. Null for what is no term.</summary>
    public static (ContentField Field, string Term)? Parse(string name)
    {
        for (int field = 0; field < Prefixes.Length; field++)
        {
            if (name.StartsWith(Prefixes[field], StringComparison.Ordinal))
            {
                string value = name[Prefixes[field].Length..];
                return (ContentField)field switch
                {
                    ContentField.Embedding => (ContentField.Embedding, string.Empty),
                    ContentField.Number => (ContentField.Number, NumberIn(value)),
                    _ => ((ContentField)field, value),
                };
            }
        }

        return null;
    }

    private static string NumberIn(string value)
    {
        string name = value[..^Math.Min(2, value.Length)];
        return name.StartsWith(Measured, StringComparison.Ordinal) ? name[Measured.Length..] : name;
    }

    /// <summary>Whether a text can be a term.</summary>
    public static bool IsTerm(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
