using PromoRec.Candidates;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Scoring;

/// <summary>What a stacked hybrid looks at in an offer itself, whoever the customer is. Immutable.</summary>
internal sealed class OfferTraits
{
    private readonly Offer[] _offers;
    private readonly int[] _redemptions;
    private readonly double[] _minimumSpend;
    private readonly int[] _itemCounts;
    private readonly double[] _depths;
    private readonly int[] _brands;
    private readonly double _mostItems;
    private readonly double _mostBrands;
    private readonly double _mostRedemptions;

    /// <param name="catalog">The offers.</param>
    /// <param name="model">The hybrid.</param>
    /// <param name="sets">The target sets of the offers, over the hybrid's items.</param>
    public OfferTraits(CompiledCatalog catalog, RecommendationModel model, OfferTargetSets sets)
    {
        _offers = catalog.Offers.ToArray();
        var depth = new DiscountDepth(catalog.Groups, catalog.Snapshot.Items);
        ItemId[][] items = Array.ConvertAll(_offers, depth.ItemsOf);
        _itemCounts = Array.ConvertAll(items, aimed => aimed.Length);
        _depths = [.. _offers.Select((offer, row) => depth.Of(offer, items[row]))];
        _redemptions = RedemptionsOf(_offers, model.History);
        _minimumSpend = Array.ConvertAll(_offers, offer => (double)(offer.MinimumSpend ?? 0));
        _brands = BrandsOf(items, catalog.Snapshot.Items);
        _mostItems = LargestOf(_itemCounts);
        _mostBrands = LargestOf(_brands);
        _mostRedemptions = LargestOf(_redemptions);
        Prices = new PriceLevels(catalog.Snapshot.Items, model.Items, items);
        Sets = sets;
    }

    /// <summary>How dear the offers' items are for their kind.</summary>
    public PriceLevels Prices { get; }

    /// <summary>At which items of the model the offers aim.</summary>
    public OfferTargetSets Sets { get; }

    /// <summary>The number of an offer's form.</summary>
    public int FormOf(int row) => (int)_offers[row].Terms.Form;

    public bool IsForWholeShop(int row) => Sets.IsWholeShop(Sets.SetOf[row]);

    /// <summary>The smallest basket for which an offer holds, or 0.</summary>
    public double MinimumSpendOf(int row) => _minimumSpend[row];

    /// <summary>Sets the fields of an offer; the others stay as they are.</summary>
    public void Fill(int row, FeatureValues values)
    {
        Offer offer = _offers[row];
        values.Set(StackingSchema.Form, StackingSchema.Forms[FormOf(row)])
            .Set(StackingSchema.Depth, _depths[row])
            .Set(StackingSchema.Breadth, Math.Sqrt(_itemCounts[row] / _mostItems))
            .Set(StackingSchema.Brands, Math.Sqrt(_brands[row] / _mostBrands))
            .Set(StackingSchema.NeedsBasket, offer.MinimumSpend > 0 ? 1 : 0)
            .Set(StackingSchema.Redeemed, Math.Sqrt(_redemptions[row] / _mostRedemptions));
    }

    private static int[] BrandsOf(ItemId[][] itemsOfOffers, IReadOnlyList<Item> items)
    {
        Dictionary<ItemId, string> brandOf = [];
        foreach (Item item in items)
        {
            if (item.Brand is not null)
            {
                brandOf.TryAdd(item.Id, item.Brand);
            }
        }

        return Array.ConvertAll(itemsOfOffers, aimed => aimed.Where(brandOf.ContainsKey).Select(item => brandOf[item]).Distinct(StringComparer.Ordinal).Count());
    }

    private static int[] RedemptionsOf(Offer[] offers, InteractionHistory history)
    {
        var counts = new int[history.Offers.Count];
        foreach (int offer in history.ConsumedOffers.AllColumns)
        {
            counts[offer]++;
        }

        return Array.ConvertAll(offers, offer => history.Offers.TryGetRow(offer.Id.Value, out int row) ? counts[row] : 0);
    }

    /// <summary>The largest count, or 1 where all are 0, to divide by.</summary>
    private static double LargestOf(IEnumerable<int> counts) => Math.Max(1, counts.DefaultIfEmpty().Max());
}
