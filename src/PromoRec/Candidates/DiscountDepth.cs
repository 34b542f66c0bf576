namespace PromoRec.Candidates;

/// <summary>How much of the price the offers of a catalog save. Immutable.</summary>
internal sealed class DiscountDepth
{
    private readonly ItemGroups _groups;
    private readonly Dictionary<ItemId, double> _prices = [];

    public DiscountDepth(ItemGroups groups, IReadOnlyList<Item> items)
    {
        _groups = groups;
        foreach (Item item in items)
        {
            if (item.Price is > 0 and { } price)
            {
                _prices.TryAdd(item.Id, (double)price);
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
        double[] prices = [.. items.Where(_prices.ContainsKey).Select(item => _prices[item])];
        return Of(offer, prices.Length == 0 ? null : prices.Average());
    }

    /// <param name="offer">The offer.</param>
    /// <param name="meanPrice">The mean price of what it aims at; null where no price is known.</param>
    private static double Of(Offer offer, double? meanPrice)
    {
        // In double, where no sum, quotient or mean of amounts overflows; decimal ends at 7.9E28, and a price may be as small as 1E-28.
        OfferTerms terms = offer.Terms;
        double value = (double)terms.Value;
        double depth = terms.Form switch
        {
            OfferForm.PercentOff or OfferForm.Member => value / 100,
            OfferForm.SpendThreshold when offer.MinimumSpend is > 0 and { } spend => value / (double)spend,
            OfferForm.CashOff when meanPrice is { } price => value / price,
            OfferForm.TimeLimitedPrice when meanPrice is { } price => 1 - (value / price),
            OfferForm.BuyAndGet => terms.GetQuantity / ((double)terms.BuyQuantity + terms.GetQuantity),
            _ => 0,
        };
        return Math.Clamp(depth, 0, 1);
    }
}
