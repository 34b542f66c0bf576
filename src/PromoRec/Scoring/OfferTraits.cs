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
    private readonly Dictionary<ItemId, decimal> _prices = [];
    private readonly double _mostItems;
    private readonly double _mostRedemptions;

    public OfferTraits(CompiledCatalog catalog, InteractionHistory history)
    {
        _offers = catalog.Offers.ToArray();
        _items = Array.ConvertAll(_offers, offer => ItemsOf(offer, catalog.Groups));
        _redemptions = Array.ConvertAll(_offers, offer => RedemptionsOf(offer, history));
        _mostItems = LargestOf(_items.Select(items => items.Length));
        _mostRedemptions = LargestOf(_redemptions);
        foreach (Item item in catalog.Snapshot.Items)
        {
            if (item.Price is > 0 and { } price)
            {
                _prices.TryAdd(item.Id, price);
            }
        }
    }

    /// <summary>Sets the fields of an offer; the others stay as they are.</summary>
    public void Fill(int row, FeatureValues values)
    {
        Offer offer = _offers[row];
        decimal[] prices = [.. _items[row].Where(_prices.ContainsKey).Select(item => _prices[item])];
        values.Set(StackingSchema.Form, offer.Terms.Form.ToString())
            .Set(StackingSchema.Depth, DepthOf(offer, prices.Length == 0 ? null : prices.Sum() / prices.Length))
            .Set(StackingSchema.Breadth, Math.Sqrt(_items[row].Length / _mostItems))
            .Set(StackingSchema.NeedsBasket, offer.MinimumSpend > 0 ? 1 : 0)
            .Set(StackingSchema.Redeemed, Math.Sqrt(_redemptions[row] / _mostRedemptions));
    }

    /// <summary>The share of the price that an offer saves, 0 to 1; 0 where it cannot be told.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="meanPrice">The mean price of what it aims at; null where no price is known.</param>
    internal static double DepthOf(Offer offer, decimal? meanPrice)
    {
        OfferTerms terms = offer.Terms;
        decimal depth = terms.Form switch
        {
            OfferForm.PercentOff or OfferForm.Member => terms.Value / 100,
            OfferForm.SpendThreshold => terms.Value / offer.MinimumSpend ?? 0,
            OfferForm.CashOff when meanPrice is { } price => terms.Value / price,
            OfferForm.TimeLimitedPrice when meanPrice is { } price => 1 - (terms.Value / price),
            OfferForm.BuyAndGet => (decimal)terms.GetQuantity / (terms.BuyQuantity + terms.GetQuantity),
            _ => 0,
        };
        return (double)Math.Clamp(depth, 0, 1);
    }

    /// <summary>The whole shop is no list of items: it counts as none.</summary>
    private static ItemId[] ItemsOf(Offer offer, ItemGroups groups) => [.. offer.Targets
        .SelectMany<OfferTarget, ItemId>(target => target.Kind switch
        {
            OfferTargetKind.Item => [target.ItemId],
            OfferTargetKind.WholeShop => [],
            _ => groups.ItemsOf(target),
        })
        .Distinct()];

    private static int RedemptionsOf(Offer offer, InteractionHistory history) =>
        history.Offers.TryGetRow(offer.Id.Value, out int row) ? history.ConsumedOffers.AllColumns.Count(row) : 0;

    /// <summary>The largest count, or 1 where all are 0, to divide by.</summary>
    private static double LargestOf(IEnumerable<int> counts) => Math.Max(1, counts.DefaultIfEmpty().Max());
}
