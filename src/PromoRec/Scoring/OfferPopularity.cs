namespace PromoRec.Scoring;

/// <summary>How popular what each offer aims at is. Immutable.</summary>
internal sealed class OfferPopularity
{
    private readonly float[] _values;
    private readonly bool[] _isPopular;

    private OfferPopularity(float[] values)
    {
        _values = values;
        _isPopular = MarkTopTenth(values);
        IsKnown = values.AsSpan().ContainsAnyExcept(0f);
    }

    /// <summary>For each offer the weighted sum of its items' popularity.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether any offer has a popularity above 0.</summary>
    public bool IsKnown { get; }

    /// <summary>Nothing is known of any of so many offers.</summary>
    public static OfferPopularity Unknown(int offers) => new(new float[offers]);

    /// <param name="sets">The items of the offers.</param>
    /// <param name="itemPopularity">Of each item; empty where nothing is known.</param>
    public static OfferPopularity Of(OfferTargetSets sets, ReadOnlySpan<float> itemPopularity)
    {
        var values = new float[sets.SetOf.Length];
        if (itemPopularity.IsEmpty)
        {
            return new OfferPopularity(values);
        }

        var ofSets = new float[sets.Count];
        for (int set = 0; set < ofSets.Length; set++)
        {
            ReadOnlySpan<int> items = sets.BySet.ColumnsOf(set);
            ReadOnlySpan<float> weights = sets.BySet.ValuesOf(set);
            for (int i = 0; i < items.Length; i++)
            {
                ofSets[set] += weights[i] * itemPopularity[items[i]];
            }
        }

        sets.Expand(ofSets, values);
        return new OfferPopularity(values);
    }

    /// <summary>Whether an offer is among the most popular tenth of the catalog.</summary>
    public bool IsPopular(int row) => _isPopular[row];

    private static bool[] MarkTopTenth(float[] popularity)
    {
        float[] sorted = [.. popularity.Where(value => value > 0)];
        if (sorted.Length == 0)
        {
            return new bool[popularity.Length];
        }

        Array.Sort(sorted);
        float bound = sorted[sorted.Length - Math.Max(1, sorted.Length / 10)];
        return Array.ConvertAll(popularity, value => value >= bound);
    }
}
