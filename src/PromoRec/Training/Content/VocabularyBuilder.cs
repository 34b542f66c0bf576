using System.Runtime.InteropServices;
using PromoRec.Datasets;
using PromoRec.Models.Content;

namespace PromoRec.Training.Content;

/// <summary>Finds the terms by which the items of a catalog are compared, and how rare each is.</summary>
internal sealed class VocabularyBuilder(ContentOptions options)
{
    private readonly Dictionary<string, (ContentField Field, int Items)> _terms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<double>> _numbers = new(StringComparer.Ordinal);
    private int _items;

    /// <summary>Counts an item's terms.</summary>
    public void Add(Item item)
    {
        _items++;
        foreach ((ContentField field, string name) in ContentVectorizer.NamesOf(item, options.Tokenizer).Distinct())
        {
            ref (ContentField Field, int Items) term = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, name, out _);
            term = (field, term.Items + 1);
        }

        foreach ((string name, double value) in ContentVectorizer.NumbersOf(item))
        {
            if (!_numbers.TryGetValue(name, out List<double>? values))
            {
                _numbers.Add(name, values = []);
            }

            values.Add(value);
        }
    }

    /// <param name="embeddingLength">Coordinates of an embedding; 0 for none.</param>
    public ContentVocabulary Build(int embeddingLength)
    {
        (string Name, float Centre, float Spread)[] numbers = [.. _numbers.Select(number => Scale(number.Key, number.Value)).Where(number => number.Spread > 0)];
        Dictionary<string, float> rarity = new(StringComparer.Ordinal);
        foreach (string name in Kept())
        {
            // The smooth form: as if one more item had every term, so that none is infinitely rare, and none counts nothing.
            rarity.Add(name, (float)(Math.Log((1.0 + _items) / (1 + _terms[name].Items)) + 1));
        }

        foreach ((string name, _, _) in numbers)
        {
            (string near, string far) = ContentTerm.OfNumber(name);
            rarity.Add(near, 1);
            rarity.Add(far, 1);
        }

        for (int i = 0; i < embeddingLength; i++)
        {
            rarity.Add(ContentTerm.OfEmbedding(i), 1);
        }

        IdIndex terms = NameIndex.Of(rarity.Keys);
        var ofTerms = new float[terms.Count];
        for (int term = 0; term < ofTerms.Length; term++)
        {
            ofTerms[term] = rarity[terms.IdAt(term).ToString()];
        }

        // In the order of the index, which is that of the names.
        IdIndex numberNames = NameIndex.Of(numbers.Select(number => number.Name));
        return new ContentVocabulary(terms, ofTerms, numberNames, Array.ConvertAll(numbers, number => number.Centre), Array.ConvertAll(numbers, number => number.Spread));
    }

    private IEnumerable<string> Kept()
    {
        double most = options.MaxItemShare * _items;
        IEnumerable<string> texts = _terms
            .Where(term => term.Value.Field == ContentField.Text && term.Value.Items >= options.MinItems && term.Value.Items <= most)
            .OrderByDescending(term => term.Value.Items).ThenBy(term => term.Key, StringComparer.Ordinal)
            .Take(options.MaxTerms)
            .Select(term => term.Key);
        return texts.Concat(_terms.Where(term => term.Value.Field != ContentField.Text).Select(term => term.Key));
    }

    /// <summary>Median and interquartile range; half the whole range where more than half of the items have one number; 0 where all have.</summary>
    private static (string Name, float Centre, float Spread) Scale(string name, List<double> values)
    {
        values.Sort();
        double spread = Quantile(values, 0.75) - Quantile(values, 0.25);
        spread = spread > 0 ? spread : (values[^1] - values[0]) / 2;
        return (name, (float)Quantile(values, 0.5), (float)Math.Min(spread, float.MaxValue));
    }

    /// <summary>With linear interpolation between order statistics, the seventh definition of Hyndman and Fan, The American Statistician 50(4), 1996.</summary>
    private static double Quantile(List<double> sorted, double share)
    {
        double at = share * (sorted.Count - 1);
        int below = (int)at;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
