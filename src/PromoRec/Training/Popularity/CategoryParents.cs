using PromoRec.Numerics;

namespace PromoRec.Training.Popularity;

/// <summary>What an item's categories let expect of it. An item of k categories belongs to each with one k-th; items of no category belong together to one without a name.</summary>
internal sealed class CategoryParents
{
    private readonly CsrMatrix _itemCategories;
    private readonly double[] _sizes;

    /// <param name="itemCategories">Items × categories.</param>
    public CategoryParents(CsrMatrix itemCategories)
    {
        _itemCategories = itemCategories;
        var ones = new double[itemCategories.Rows];
        Array.Fill(ones, 1);
        _sizes = OfCategories(ones);
    }

    public int Items => _itemCategories.Rows;

    /// <summary>For each item the share that an item of its categories has; all together 1.</summary>
    /// <param name="counts">The counts of the items.</param>
    /// <param name="strength">How many counts equal shares of all items are worth to a category.</param>
    public double[] Shares(ReadOnlySpan<double> counts, double strength)
    {
        double[] shares = OfCategories(counts);
        double total = 0;
        foreach (double count in shares)
        {
            total += count;
        }

        for (int category = 0; category < shares.Length; category++)
        {
            // (N + strength |c| / I) / (N of all + strength), shared out among |c| items.
            shares[category] = _sizes[category] > 0 ? ((shares[category] / _sizes[category]) + (strength / Items)) / (total + strength) : 0;
        }

        return OfItems(shares);
    }

    /// <summary>For each item the trend of its categories, drawn towards that of all items.</summary>
    public double[] Trends(ReadOnlySpan<double> recent, ReadOnlySpan<double> expected, double strength)
    {
        double allRecent = 0;
        double allExpected = 0;
        for (int item = 0; item < Items; item++)
        {
            allRecent += recent[item];
            allExpected += expected[item];
        }

        double whole = allExpected > 0 ? allRecent / allExpected : 1;
        double[] trends = OfCategories(recent);
        double[] usual = OfCategories(expected);
        for (int category = 0; category < trends.Length; category++)
        {
            trends[category] = (trends[category] + (strength * whole)) / (usual[category] + strength);
        }

        return OfItems(trends);
    }

    private double[] OfCategories(ReadOnlySpan<double> ofItems)
    {
        var sums = new double[_itemCategories.Columns + 1];
        for (int item = 0; item < ofItems.Length; item++)
        {
            ReadOnlySpan<int> categories = _itemCategories.ColumnsOf(item);
            foreach (int category in categories)
            {
                sums[category] += ofItems[item] / categories.Length;
            }

            sums[^1] += categories.IsEmpty ? ofItems[item] : 0;
        }

        return sums;
    }

    private double[] OfItems(double[] ofCategories)
    {
        var means = new double[Items];
        for (int item = 0; item < means.Length; item++)
        {
            ReadOnlySpan<int> categories = _itemCategories.ColumnsOf(item);
            foreach (int category in categories)
            {
                means[item] += ofCategories[category] / categories.Length;
            }

            means[item] = categories.IsEmpty ? ofCategories[^1] : means[item];
        }

        return means;
    }
}
