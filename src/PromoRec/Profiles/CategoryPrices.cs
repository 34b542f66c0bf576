namespace PromoRec.Profiles;

/// <summary>The prices of each category's items.</summary>
internal sealed class CategoryPrices
{
    private readonly Dictionary<string, List<decimal>> _prices = new(StringComparer.Ordinal);

    public CategoryPrices(IReadOnlyList<Item> items)
    {
        foreach (Item item in items)
        {
            if (item.Price is { } price)
            {
                foreach (string category in item.Categories.Distinct(StringComparer.Ordinal))
                {
                    if (!_prices.TryGetValue(category, out List<decimal>? prices))
                    {
                        _prices.Add(category, prices = []);
                    }

                    prices.Add(price);
                }
            }
        }

        foreach (List<decimal> prices in _prices.Values)
        {
            prices.Sort();
        }
    }

    /// <summary>
    /// Mean over the categories of (cheaper + equal / 2) / all; a category whose prices are all equal says nothing, and null when none says anything.
    /// </summary>
    public double? PositionOf(decimal? price, string[] categories)
    {
        double sum = 0;
        int count = 0;
        foreach (string category in price is null ? [] : categories)
        {
            List<decimal> prices = _prices[category];
            if (prices[0] < prices[^1])
            {
                int below = FirstFrom(prices, price!.Value, above: false);
                sum += (below + ((FirstFrom(prices, price.Value, above: true) - below) / 2.0)) / prices.Count;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }

    /// <summary>How many prices are below a price, or not above it.</summary>
    private static int FirstFrom(List<decimal> prices, decimal price, bool above)
    {
        int low = 0;
        int high = prices.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (prices[middle] < price || (above && prices[middle] == price))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
