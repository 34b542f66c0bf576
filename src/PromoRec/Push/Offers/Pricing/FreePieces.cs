namespace PromoRec.Push.Offers.Pricing;

/// <summary>Which pieces come free when some are bought: the cheapest ones.</summary>
internal static class FreePieces
{
    /// <returns>What is taken off each line.</returns>
    public static decimal[] Of(OfferTerms terms, BasketState state, bool[] isOpen, OfferLimitOptions options)
    {
        var discounts = new decimal[isOpen.Length];
        long pieces = 0;
        for (int i = 0; i < isOpen.Length; i++)
        {
            pieces += isOpen[i] ? state.Basket.Lines[i].Quantity : 0;
        }

        long free = Count(pieces, terms.BuyQuantity, terms.GetQuantity);
        foreach (int line in Enumerable.Range(0, isOpen.Length).Where(i => isOpen[i]).OrderBy(i => state.Basket.Lines[i].UnitPrice).ThenBy(i => i))
        {
            int quantity = state.Basket.Lines[line].Quantity;
            long taken = Math.Min(free, quantity);
            discounts[line] = taken == quantity
                ? state.Lines[line]
                : Math.Min(state.Lines[line], decimal.Round(state.Lines[line] * taken / quantity, options.CurrencyDecimals, MidpointRounding.AwayFromZero));
            free -= taken;
        }

        return discounts;
    }

    /// <summary>How many of so many pieces are free: those of every full round, and of the last one those beyond what must be bought.</summary>
    public static long Count(long pieces, int buy, int get)
    {
        long round = (long)buy + get;
        return (pieces / round * get) + Math.Max(0, (pieces % round) - buy);
    }
}
