using PromoRec.Datasets;

namespace PromoRec.Scoring;

/// <summary>How dear items and offers are for their kind. Immutable.</summary>
/// <remarks>
/// The level of an item is the logarithm of its price over the geometric mean price of its first category: 0 is usual, 0.7 twice as dear. That of an offer is the mean over the items at which it aims, before any
/// discount; that of a customer the mean over the items of their past, by how much they took. What has no price has no level.
/// </remarks>
internal sealed class PriceLevels
{
    private readonly float[] _ofItems;
    private readonly float[] _ofOffers;

    /// <param name="items">What the shop says about its items.</param>
    /// <param name="modelItems">The model's items.</param>
    /// <param name="itemsOfOffers">For each offer the items at which it aims.</param>
    public PriceLevels(IReadOnlyList<Item> items, IdIndex modelItems, ItemId[][] itemsOfOffers)
    {
        Dictionary<ItemId, float> levels = LevelsOf(items);
        _ofItems = new float[modelItems.Count];
        Array.Fill(_ofItems, float.NaN);
        foreach ((ItemId item, float level) in levels)
        {
            if (modelItems.TryGetRow(item.Value, out int row))
            {
                _ofItems[row] = level;
            }
        }

        _ofOffers = Array.ConvertAll(itemsOfOffers, aimed => MeanOf(aimed, levels));
    }

    /// <summary>The level of an offer; NaN where no price is known.</summary>
    public float OfOffer(int row) => _ofOffers[row];

    /// <summary>The level at which a customer buys; NaN where no price is known.</summary>
    /// <param name="items">Rows of the items of their past.</param>
    /// <param name="values">What they did with each; aversion does not count.</param>
    public float OfCustomer(ReadOnlySpan<int> items, ReadOnlySpan<float> values)
    {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < items.Length; i++)
        {
            float level = _ofItems[items[i]];
            if (values[i] > 0 && !float.IsNaN(level))
            {
                sum += (double)values[i] * level;
                weights += values[i];
            }
        }

        return weights > 0 ? (float)(sum / weights) : float.NaN;
    }

    private static Dictionary<ItemId, float> LevelsOf(IReadOnlyList<Item> items)
    {
        var levels = new Dictionary<ItemId, float>();
        foreach (IGrouping<string, Item> kind in items.Where(item => item.Price is > 0).GroupBy(item => item.Categories.Count > 0 ? item.Categories[0] : string.Empty, StringComparer.Ordinal))
        {
            double mean = kind.Average(item => Math.Log((double)item.Price!.Value));
            foreach (Item item in kind)
            {
                levels[item.Id] = (float)(Math.Log((double)item.Price!.Value) - mean);
            }
        }

        return levels;
    }

    private static float MeanOf(ItemId[] aimed, Dictionary<ItemId, float> levels)
    {
        double sum = 0;
        int known = 0;
        foreach (ItemId item in aimed)
        {
            if (levels.TryGetValue(item, out float level))
            {
                sum += level;
                known++;
            }
        }

        return known > 0 ? (float)(sum / known) : float.NaN;
    }
}
