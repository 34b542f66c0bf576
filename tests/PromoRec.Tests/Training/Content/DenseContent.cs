using PromoRec.Models.Content;
using PromoRec.Training.Content;

namespace PromoRec.Tests.Training.Content;

/// <summary>The vectors of items by the formulas, over dictionaries of terms.</summary>
internal static class DenseContent
{
    public static Dictionary<string, double> Vector(Item item, Item[] items, Dictionary<ItemId, ReadOnlyMemory<float>> embeddings, ContentOptions options)
    {
        List<(double Weight, Dictionary<string, double> Field)> fields =
        [
            (options.TextWeight, TfIdf(item, items, "text", Words, options)),
            (options.CategoryWeight, TfIdf(item, items, "category", each => each.Categories.Distinct(), null)),
            (options.BrandWeight, TfIdf(item, items, "brand", each => each.Brand is null ? [] : [each.Brand], null)),
            (options.TagWeight, TfIdf(item, items, "tag", each => each.Tags.Distinct(), null)),
            (options.NumberWeight, Numbers(item, items)),
            (options.EmbeddingWeight, embeddings.TryGetValue(item.Id, out ReadOnlyMemory<float> embedding) ? Enumerable.Range(0, embedding.Length).ToDictionary(n => $"embedding {n}", n => (double)embedding.Span[n]) : []),
        ];
        Dictionary<string, double> joined = [];
        foreach ((double weight, Dictionary<string, double> field) in fields)
        {
            double length = Math.Sqrt(Dot(field, field));
            foreach ((string term, double value) in field)
            {
                joined[term] = length > 0 ? weight * value / length : 0;
            }
        }

        double whole = Math.Sqrt(Dot(joined, joined));
        return whole > 0 ? joined.ToDictionary(term => term.Key, term => term.Value / whole) : [];
    }

    public static double Dot(Dictionary<string, double> x, Dictionary<string, double> y) => x.Sum(term => term.Value * y.GetValueOrDefault(term.Key));

    private static IEnumerable<string> Words(Item item) => item.Text is null ? [] : new UnicodeTokenizer().Tokenize(item.Text);

    private static Dictionary<string, double> TfIdf(Item item, Item[] items, string prefix, Func<Item, IEnumerable<string>> terms, ContentOptions? limits)
    {
        Dictionary<string, double> field = [];
        foreach (IGrouping<string, string> term in terms(item).GroupBy(term => term))
        {
            int having = items.Count(each => terms(each).Contains(term.Key));
            if (limits is null || (having >= limits.MinItems && having <= limits.MaxItemShare * items.Length))
            {
                double count = limits is { SublinearCounts: true } ? 1 + Math.Log(term.Count()) : term.Count();
                field[$"{prefix} {term.Key}"] = count * (Math.Log((1.0 + items.Length) / (1 + having)) + 1);
            }
        }

        return field;
    }

    private static Dictionary<string, double> Numbers(Item item, Item[] items)
    {
        Dictionary<string, double> field = [];
        Add("price", each => each.Price is { } price ? Math.Log((double)price + 1) : null);
        Add("w", each => each.Numbers.TryGetValue("w", out double w) ? w : null);
        return field;

        void Add(string name, Func<Item, double?> of)
        {
            double[] sorted = [.. items.Select(of).OfType<double>().Order()];
            if (of(item) is { } value && sorted[0] < sorted[^1])
            {
                double spreads = Math.Clamp((value - At(sorted, 0.5)) / (At(sorted, 0.75) - At(sorted, 0.25)), -2, 2);
                field[$"{name} cos"] = Math.Cos((spreads + 2) * Math.PI / 8);
                field[$"{name} sin"] = Math.Sin((spreads + 2) * Math.PI / 8);
            }
        }
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int floor = (int)Math.Floor(place);
        return sorted[floor] + ((place - floor) * (sorted[Math.Min(floor + 1, sorted.Length - 1)] - sorted[floor]));
    }
}
