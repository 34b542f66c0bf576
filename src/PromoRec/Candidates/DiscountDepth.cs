namespace PromoRec.Candidates;

/// <summary>How much of the price the offers of a catalog save. Immutable.</summary>
internal sealed class DiscountDepth
{
    private readonly ItemGroups _groups;
    private readonly Dictionary<ItemId, decimal> _prices = [];

    public DiscountDepth(ItemGroups groups, IReadOnlyList<Item> items)
    {
        _groups = groups;
        foreach (Item item in items)
        {
            if (item.Price is > 0 and { } price)
            {
                _prices.TryAdd(item.Id, price);
            }
        }
    }

    /// <summary>The distinct items at which an offer aims. The whole shop is no list of items: it counts as none.</summary>
    public ItemId[] ItemsOf(Offer offer) => [.. offer.Targets
        .SelectMany<OfferTarget, ItemId>(target => target.Kind switch
        {
            OfferTargetKind.Item => [target.ItemId],
            OfferTargetKind.WholeShop => [],
            _ => _groups.ItemsOf(target),
        })
        .Distinct()];

    /// <summary>The share of the price that an offer saves, 0 to 1; 0 where it cannot be told.</summary>
    public double Of(Offer offer) => Of(offer, ItemsOf(offer));

    /// <summary>The same for an offer whose items are known already.</summary>
    public double Of(Offer offer, ItemId[] items)
    {
        decimal[] prices = [.. items.Where(_prices.ContainsKey).Select(item => _prices[item])];
        return Of(offer, prices.Length == 0 ? null : prices.Sum() / prices.Length);
    }

    /// <param name="offer">The offer.</param>
    /// <param name="meanPrice">The mean price of what it aims at; null where no price is known.</param>
    private static double Of(Offer offer, decimal? meanPrice)
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
}
