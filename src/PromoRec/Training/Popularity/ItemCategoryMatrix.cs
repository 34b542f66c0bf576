using PromoRec.Datasets;
using PromoRec.Models.Popularity;
using PromoRec.Numerics;

namespace PromoRec.Training.Popularity;

/// <summary>Which item is in which category.</summary>
internal static class ItemCategoryMatrix
{
    /// <param name="rows">The items of the dataset.</param>
    /// <param name="items">What is said about items, of the dataset or not.</param>
    /// <returns>The categories that items of the dataset have, and items × categories.</returns>
    /// <exception cref="ArgumentException">An item is null, or a category cannot be a name.</exception>
    public static (IdIndex Categories, CsrMatrix ItemCategories) Of(IdIndex rows, IReadOnlyList<Item> items)
    {
        var ofRow = new SortedSet<int>?[rows.Count];
        List<Item> known = [];
        foreach (Item item in items)
        {
            if (item is null)
            {
                throw new ArgumentException("An item is null. Leave it out.", nameof(items));
            }

            if (item.Categories.Any(category => category is null || !PopularityTables.IsName(category)))
            {
                throw new ArgumentException("An item is in a category whose name is blank, too long or not valid Unicode. Name it, or leave it out.", nameof(items));
            }

            if (!item.Id.IsEmpty && rows.TryGetRow(item.Id.Value, out _))
            {
                known.Add(item);
            }
        }

        IdIndex categories = NameIndex.Of(known.SelectMany(item => item.Categories));
        foreach (Item item in known)
        {
            rows.TryGetRow(item.Id.Value, out int row);
            foreach (string category in item.Categories)
            {
                categories.TryGetRow(new IdValue(category, nameof(items)), out int column);
                (ofRow[row] ??= []).Add(column);
            }
        }

        var offsets = new long[rows.Count + 1];
        List<int> columns = [];
        for (int row = 0; row < ofRow.Length; row++)
        {
            columns.AddRange(ofRow[row] ?? []);
            offsets[row + 1] = columns.Count;
        }

        var ones = new float[columns.Count];
        Array.Fill(ones, 1);
        return (categories, new CsrMatrix(categories.Count, offsets, columns.ToArray(), ones));
    }
}
