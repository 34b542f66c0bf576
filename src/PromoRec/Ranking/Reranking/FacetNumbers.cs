namespace PromoRec.Ranking.Reranking;

/// <summary>Gives numbers to the categories, brands and items at which offers aim: categories first, then brands, then the rest.</summary>
internal sealed class FacetNumbers
{
    private readonly Dictionary<ItemId, Item> _details = [];
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _brands = new(StringComparer.Ordinal);
    private readonly Dictionary<ItemId, int> _items = [];

    /// <param name="items">What the shop says about its items.</param>
    public FacetNumbers(IReadOnlyList<Item> items)
    {
        foreach (Item item in items)
        {
            _details.Add(item.Id, item);
        }
    }

    public int Categories => _categories.Count;

    /// <summary>Categories and brands.</summary>
    public int Groups => _categories.Count + _brands.Count;

    /// <summary>The names of categories and brands, by number.</summary>
    public string[] Names => [.. _categories.OrderBy(pair => pair.Value).Select(pair => pair.Key), .. _brands.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The facets of every offer, ascending. An item that an offer names brings its categories and its brand along.</summary>
    public int[][] Of(Offer[] offers)
    {
        var found = new (HashSet<int> Categories, HashSet<int> Brands, HashSet<int> Items, bool Shop)[offers.Length];
        for (int row = 0; row < offers.Length; row++)
        {
            found[row] = ([], [], [], offers[row].Targets.Contains(OfferTarget.WholeShop));
            foreach (OfferTarget target in offers[row].Targets)
            {
                Add(target, found[row].Categories, found[row].Brands, found[row].Items);
            }
        }

        // Numbers of brands begin where those of categories end, which is known only now.
        return Array.ConvertAll(found, one => (int[])
        [
            .. one.Categories.Order(),
            .. one.Brands.Order().Select(brand => Categories + brand),
            .. one.Items.Order().Select(item => Groups + item),
            .. one.Shop ? [Groups + _items.Count] : Array.Empty<int>(),
        ]);
    }

    /// <summary>The facet of a category, or -1.</summary>
    public int OfCategory(string name) => _categories.GetValueOrDefault(name, -1);

    /// <summary>The facet of a brand, or -1.</summary>
    public int OfBrand(string name) => _brands.TryGetValue(name, out int number) ? Categories + number : -1;

    private void Add(OfferTarget target, HashSet<int> categories, HashSet<int> brands, HashSet<int> items)
    {
        switch (target.Kind)
        {
            case OfferTargetKind.Category:
                categories.Add(NumberOf(_categories, target.Name));
                break;
            case OfferTargetKind.Brand:
                brands.Add(NumberOf(_brands, target.Name));
                break;
            case OfferTargetKind.Item:
                items.Add(NumberOf(_items, target.ItemId));
                if (_details.TryGetValue(target.ItemId, out Item? item))
                {
                    categories.UnionWith(item.Categories.Select(category => NumberOf(_categories, category)));
                    brands.UnionWith(item.Brand is null ? [] : [NumberOf(_brands, item.Brand)]);
                }

                break;
            default:
                break;
        }
    }

    private static int NumberOf<T>(Dictionary<T, int> numbers, T name)
        where T : notnull
    {
        if (!numbers.TryGetValue(name, out int number))
        {
            number = numbers.Count;
            numbers.Add(name, number);
        }

        return number;
    }
}
