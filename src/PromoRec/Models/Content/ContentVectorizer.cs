namespace PromoRec.Models.Content;

/// <summary>Makes of an item a sparse vector of length 1: each field has the length of its weight first. Immutable; any number of threads may use it.</summary>
/// <param name="vocabulary">The terms. Others are passed over.</param>
/// <param name="rules">How.</param>
/// <param name="tokenizer">Takes texts apart.</param>
internal sealed class ContentVectorizer(ContentVocabulary vocabulary, ContentRules rules, ITextTokenizer tokenizer)
{
    /// <summary>Numbers further from the median than so many interquartile ranges count as that far.</summary>
    private const double MostSpreads = 2;

    /// <summary>The terms of an item that are counted, by field, whether the vocabulary has them or not.</summary>
    public static IEnumerable<(ContentField Field, string Name)> NamesOf(Item item, ITextTokenizer tokenizer)
    {
        foreach (string term in item.Text is null ? [] : tokenizer.Tokenize(item.Text))
        {
            if (ContentTerm.IsTerm(term))
            {
                yield return (ContentField.Text, ContentTerm.Of(ContentField.Text, term));
            }
        }

        foreach (string category in item.Categories.Where(ContentTerm.IsTerm).Distinct(StringComparer.Ordinal))
        {
            yield return (ContentField.Category, ContentTerm.Of(ContentField.Category, category));
        }

        if (ContentTerm.IsTerm(item.Brand))
        {
            yield return (ContentField.Brand, ContentTerm.Of(ContentField.Brand, item.Brand!));
        }

        foreach (string tag in item.Tags.Where(ContentTerm.IsTerm).Distinct(StringComparer.Ordinal))
        {
            yield return (ContentField.Tag, ContentTerm.Of(ContentField.Tag, tag));
        }
    }

    /// <summary>The numbers of an item: the logarithm of its price, since a price is twice as high, not two higher, and its other numbers as they are.</summary>
    public static IEnumerable<(string Name, double Value)> NumbersOf(Item item)
    {
        if (item.Price is { } price and >= 0)
        {
            yield return (ContentTerm.Price, Math.Log(1 + (double)price));
        }

        foreach ((string name, double value) in item.Numbers)
        {
            if (ContentTerm.IsTerm(name) && float.IsFinite((float)value))
            {
                yield return (ContentTerm.Measured + name, value);
            }
        }
    }

    /// <param name="item">The item.</param>
    /// <param name="embedding">Its embedding; empty for none.</param>
    /// <returns>Columns, ascending, and values; none for an item of which the vocabulary knows nothing.</returns>
    public (int[] Columns, float[] Values) Vectorize(Item item, ReadOnlySpan<float> embedding)
    {
        var fields = new SortedDictionary<int, double>[ContentRules.Fields];
        for (int field = 0; field < fields.Length; field++)
        {
            fields[field] = [];
        }

        foreach ((ContentField field, string name) in NamesOf(item, tokenizer))
        {
            Add(fields[(int)field], name, 1);
        }

        foreach (SortedDictionary<int, double> counts in fields)
        {
            foreach ((int term, double count) in counts.ToArray())
            {
                counts[term] = (rules.HasSublinearCounts ? 1 + Math.Log(count) : count) * vocabulary.Rarity.Span[term];
            }
        }

        AddNumbers(fields[(int)ContentField.Number], item);
        for (int i = 0; i < embedding.Length; i++)
        {
            Add(fields[(int)ContentField.Embedding], ContentTerm.OfEmbedding(i), embedding[i]);
        }

        return Joined(fields);
    }

    private void AddNumbers(SortedDictionary<int, double> field, Item item)
    {
        foreach ((string name, double value) in NumbersOf(item))
        {
            if (vocabulary.Numbers.TryGetRow(new IdValue(name, nameof(item)), out int number) && vocabulary.Spreads.Span[number] > 0)
            {
                // On a quarter of a circle, so that equal numbers have the product 1, and the nearer two are, the larger theirs is.
                double spreads = Math.Clamp((value - vocabulary.Centres.Span[number]) / vocabulary.Spreads.Span[number], -MostSpreads, MostSpreads);
                double angle = ((spreads / MostSpreads) + 1) * Math.PI / 4;
                (string near, string far) = ContentTerm.OfNumber(name);
                Add(field, near, Math.Cos(angle));
                Add(field, far, Math.Sin(angle));
            }
        }
    }

    private void Add(SortedDictionary<int, double> field, string name, double value)
    {
        if (vocabulary.Terms.TryGetRow(new IdValue(name, nameof(name)), out int term))
        {
            field[term] = field.GetValueOrDefault(term) + value;
        }
    }

    private (int[] Columns, float[] Values) Joined(SortedDictionary<int, double>[] fields)
    {
        SortedDictionary<int, double> joined = [];
        for (int field = 0; field < fields.Length; field++)
        {
            double length = LengthOf(fields[field].Values);
            double factor = length > 0 ? rules.Weights[field] / length : 0;
            foreach ((int term, double value) in factor > 0 ? fields[field] : [])
            {
                joined[term] = value * factor;
            }
        }

        double whole = LengthOf(joined.Values);
        List<int> columns = [];
        List<float> values = [];
        foreach ((int term, double value) in joined)
        {
            float scaled = (float)(value / whole);
            if (scaled != 0)
            {
                columns.Add(term);
                values.Add(scaled);
            }
        }

        return ([.. columns], [.. values]);
    }

    private static double LengthOf(IEnumerable<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
