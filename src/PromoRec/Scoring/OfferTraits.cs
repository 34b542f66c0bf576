using PromoRec.Candidates;
using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Hybrid;

namespace PromoRec.Scoring;

/// <summary>What a stacked hybrid looks at in an offer itself, whoever the customer is.</summary>
internal sealed class OfferTraits
{
    private readonly Offer[] _offers;
    private readonly ItemId[][] _items;
    private readonly int[] _redemptions;
    private readonly DiscountDepth _depth;
    private readonly double _mostItems;
    private readonly double _mostRedemptions;

    public OfferTraits(CompiledCatalog catalog, InteractionHistory history)
    {
        _offers = catalog.Offers.ToArray();
        _depth = new DiscountDepth(catalog.Groups, catalog.Snapshot.Items);
        _items = Array.ConvertAll(_offers, _depth.ItemsOf);
        _redemptions = Array.ConvertAll(_offers, offer => RedemptionsOf(offer, history));
        _mostItems = LargestOf(_items.Select(items => items.Length));
        _mostRedemptions = LargestOf(_redemptions);
    }

    /// <summary>Sets the fields of an offer; the others stay as they are.</summary>
    public void Fill(int row, FeatureValues values)
    {
        Offer offer = _offers[row];
        values.Set(StackingSchema.Form, offer.Terms.Form.ToString())
            .Set(StackingSchema.Depth, _depth.Of(offer, _items[row]))
            .Set(StackingSchema.Breadth, Math.Sqrt(_items[row].Length / _mostItems))
            .Set(StackingSchema.NeedsBasket, offer.MinimumSpend > 0 ? 1 : 0)
            .Set(StackingSchema.Redeemed, Math.Sqrt(_redemptions[row] / _mostRedemptions));
    }

    private static int RedemptionsOf(Offer offer, InteractionHistory history) =>
        history.Offers.TryGetRow(offer.Id.Value, out int row) ? history.ConsumedOffers.AllColumns.Count(row) : 0;

    /// <summary>The largest count, or 1 where all are 0, to divide by.</summary>
    private static double LargestOf(IEnumerable<int> counts) => Math.Max(1, counts.DefaultIfEmpty().Max());
}
