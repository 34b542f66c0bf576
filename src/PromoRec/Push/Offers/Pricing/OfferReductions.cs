using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>What each form of offer takes off a basket.</summary>
/// <remarks>
/// An amount is taken off once, whatever the number of pieces; a percentage, a price and free pieces hold for every piece that the offer aims at; a bundle is
/// one piece for each target, once. Shares are rounded to the decimals of the currency, halves up, and then spread over the lines without losing anything.
/// </remarks>
internal static class OfferReductions
{
    public static Reduction Of(OfferProfile profile, BasketState state, OfferLimitOptions options)
    {
        bool[] isAimedAt = [.. state.Basket.Lines.Select(line => profile.Matches(line.Item))];
        OfferConstraints failed = isAimedAt.Contains(true) ? OfferConstraints.None : OfferConstraints.ItemsMismatch;
        if (profile.Currency is { } currency && currency != state.Basket.Currency)
        {
            // Amounts in two currencies cannot be compared, so that nothing is said about amounts.
            return new Reduction(failed | OfferConstraints.CurrencyMismatch, new decimal[isAimedAt.Length], 0, 0);
        }

        bool passesOver = options.ProductStacking == ProductStacking.OnePerItem && profile.IsForItems;
        bool[] isOpen = [.. isAimedAt.Select((aimed, line) => aimed && !(passesOver && state.IsReduced(line)))];
        Reduction reduction = Compute(profile, state, isOpen, options);
        failed |= reduction.Failed;
        failed |= isAimedAt.Contains(true) && !isOpen.Contains(true) ? OfferConstraints.Excluded : OfferConstraints.None;
        failed |= FailsMinimum(profile, state, reduction.Goods) ? OfferConstraints.BelowMinimum : OfferConstraints.None;
        failed |= !reduction.HasEffect && !profile.Rules.AllowNoEffect ? OfferConstraints.NoEffect : OfferConstraints.None;
        return reduction with { Failed = failed };
    }

    private static bool FailsMinimum(OfferProfile profile, BasketState state, decimal discount) =>
        state.Basket.Amount < profile.Offer.MinimumSpend || state.Goods < profile.Rules.MinimumCurrent || state.Goods - discount < profile.Rules.FloorAfter;

    private static Reduction Compute(OfferProfile profile, BasketState state, bool[] isOpen, OfferLimitOptions options)
    {
        OfferTerms terms = profile.Offer.Terms;
        bool hasAny = isOpen.Contains(true);
        switch (terms.Form)
        {
            case OfferForm.CashOff or OfferForm.SpendThreshold:
                return Spread(terms.Value, Open(state, isOpen), options);
            case OfferForm.PercentOff or OfferForm.Member:
                return Spread(Percentage(profile, state, isOpen, options), Open(state, isOpen), options);
            case OfferForm.TimeLimitedPrice:
                return PerLine(state, isOpen, (line, current) => current - Math.Min(current, line.Quantity * Math.Min(terms.Value, line.UnitPrice)));
            case OfferForm.BuyAndGet:
                return new Reduction(OfferConstraints.None, FreePieces.Of(terms, state, isOpen, options), 0, 0);
            case OfferForm.Bundle:
                return BundlePieces.TryFind(profile.Offer.Targets, state, isOpen, out decimal[] pieces)
                    ? Spread(pieces.Sum() - Math.Min(terms.Value, pieces.Sum()), pieces, options)
                    : new Reduction(OfferConstraints.ItemsMismatch, new decimal[isOpen.Length], 0, 0);
            case OfferForm.Points:
                return new Reduction(OfferConstraints.None, new decimal[isOpen.Length], 0, hasAny ? decimal.ToInt32(terms.Value) : 0);
            default:
                return new Reduction(OfferConstraints.None, new decimal[isOpen.Length], hasAny ? state.Shipping : 0, 0);
        }
    }

    private static decimal Percentage(OfferProfile profile, BasketState state, bool[] isOpen, OfferLimitOptions options)
    {
        decimal sum = 0;
        for (int i = 0; i < isOpen.Length; i++)
        {
            decimal line = profile.Rules.PercentageBase == PercentageBase.Initial ? state.Basket.Lines[i].Amount : state.Lines[i];
            sum += isOpen[i] ? line : 0;
        }

        return decimal.Round(sum * profile.Offer.Terms.Value / 100, options.CurrencyDecimals, MidpointRounding.AwayFromZero);
    }

    private static decimal[] Open(BasketState state, bool[] isOpen)
    {
        decimal[] lines = state.Lines.ToArray();
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = isOpen[i] ? lines[i] : 0;
        }

        return lines;
    }

    private static Reduction PerLine(BasketState state, bool[] isOpen, Func<BasketLine, decimal, decimal> discount)
    {
        ImmutableArray<BasketLine> lines = state.Basket.Lines;
        var discounts = new decimal[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            discounts[i] = isOpen[i] ? decimal.Round(discount(lines[i], state.Lines[i]), Money.Decimals) : 0;
        }

        return new Reduction(OfferConstraints.None, discounts, 0, 0);
    }

    /// <summary>Takes an amount, or all there is, off lines in proportion to what they cost: shares are cut off, and what is missing then goes to those that lost most.</summary>
    private static Reduction Spread(decimal amount, decimal[] lines, OfferLimitOptions options)
    {
        decimal sum = lines.Sum();
        amount = decimal.Round(Math.Min(amount, sum), Money.Decimals);
        var shares = new decimal[lines.Length];
        if (amount <= 0)
        {
            return new Reduction(OfferConstraints.None, shares, 0, 0);
        }

        // The smallest coin, or a part of it that divides every line and the amount, so that no share can grow above its line.
        int decimals = Math.Max(options.CurrencyDecimals, Math.Max(amount.Scale, lines.Max(static line => line.Scale)));
        decimal unit = new(1, 0, 0, false, (byte)decimals);
        decimal left = amount;
        var lost = new (decimal Part, int Line)[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            decimal exact = amount * lines[i] / sum;
            shares[i] = decimal.Round(exact, decimals, MidpointRounding.ToZero);
            lost[i] = (exact - shares[i], i);
            left -= shares[i];
        }

        foreach ((_, int line) in lost.OrderByDescending(static each => each.Part).ThenBy(static each => each.Line))
        {
            if (left <= 0)
            {
                break;
            }

            decimal more = Math.Min(unit, lines[line] - shares[line]);
            shares[line] += more;
            left -= more;
        }

        return new Reduction(OfferConstraints.None, shares, 0, 0);
    }
}
