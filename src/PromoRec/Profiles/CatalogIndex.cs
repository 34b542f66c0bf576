namespace PromoRec.Profiles;

/// <summary>The items and offers of one catalog snapshot, as profiles see them. Immutable.</summary>
internal sealed class CatalogIndex
{
    private readonly Dictionary<ItemId, CatalogFacts> _items = [];
    private readonly Dictionary<OfferId, CatalogFacts> _offers = [];

    /// <param name="snapshot">A catalog without faults.</param>
    public CatalogIndex(CatalogSnapshot snapshot)
    {
        var prices = new CategoryPrices(snapshot.Items);
        foreach (Item item in snapshot.Items)
        {
            _items.Add(item.Id, FactsOf(item, prices));
        }

        foreach (Offer offer in snapshot.Offers)
        {
            _offers.Add(offer.Id, FactsOf(offer));
        }
    }

    /// <summary>What is known of an event's item, or else of its offer; null when neither is in the catalog.</summary>
    public CatalogFacts? Find(ItemId item, OfferId offer) =>
        !item.IsEmpty && _items.TryGetValue(item, out CatalogFacts? facts) ? facts
        : offer.IsEmpty ? null
        : _offers.GetValueOrDefault(offer);

    private static CatalogFacts FactsOf(Item item, CategoryPrices prices)
    {
        string[] categories = [.. item.Categories.Distinct(StringComparer.Ordinal)];
        return new CatalogFacts(
            Array.ConvertAll(categories, category => new Interest(category, 1.0 / categories.Length)),
            string.IsNullOrEmpty(item.Brand) ? [] : [new Interest(item.Brand, 1)],
            item.Price,
            prices.PositionOf(item.Price, categories));
    }

    /// <summary>Every target gets an even share; that of the whole shop says nothing of taste.</summary>
    private CatalogFacts FactsOf(Offer offer)
    {
        List<Interest> categories = [];
        List<Interest> brands = [];
        double share = 1.0 / offer.Targets.Count;
        foreach (OfferTarget target in offer.Targets)
        {
            switch (target.Kind)
            {
                case OfferTargetKind.Category:
                    categories.Add(new Interest(target.Name, share));
                    break;
                case OfferTargetKind.Brand:
                    brands.Add(new Interest(target.Name, share));
                    break;
                case OfferTargetKind.Item when _items.TryGetValue(target.ItemId, out CatalogFacts? item):
                    categories.AddRange(item.Categories.Select(category => category with { Weight = category.Weight * share }));
                    brands.AddRange(item.Brands.Select(brand => brand with { Weight = brand.Weight * share }));
                    break;
                default:
                    break;
            }
        }

        return new CatalogFacts([.. categories], [.. brands]);
    }
}
