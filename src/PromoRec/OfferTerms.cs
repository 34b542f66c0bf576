namespace PromoRec;

/// <summary>What a customer gets from an offer. The forms are closed: every one is a factory method here.</summary>
public sealed record OfferTerms
{
    private OfferTerms(OfferForm form, decimal value, int buyQuantity = 0, int getQuantity = 0)
    {
        Form = form;
        Value = value;
        BuyQuantity = buyQuantity;
        GetQuantity = getQuantity;
    }

    /// <summary>No delivery costs.</summary>
    public static OfferTerms FreeShipping { get; } = new(OfferForm.FreeShipping, 0);

    /// <summary>Which form this is.</summary>
    public OfferForm Form { get; }

    /// <summary>
    /// The number of the form: an amount in the shop's currency for <see cref="OfferForm.CashOff"/>, <see cref="OfferForm.SpendThreshold"/>,
    /// <see cref="OfferForm.TimeLimitedPrice"/> and <see cref="OfferForm.Bundle"/>; percent, 0 to 100, for <see cref="OfferForm.PercentOff"/> and
    /// <see cref="OfferForm.Member"/>; points for <see cref="OfferForm.Points"/>; 0 for the rest.
    /// </summary>
    public decimal Value { get; }

    /// <summary>Pieces to buy; 0 unless the form is <see cref="OfferForm.BuyAndGet"/>.</summary>
    public int BuyQuantity { get; }

    /// <summary>Pieces that then come free; 0 unless the form is <see cref="OfferForm.BuyAndGet"/>.</summary>
    public int GetQuantity { get; }

    /// <summary>An amount off the price.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not above 0.</exception>
    public static OfferTerms CashOff(decimal amount) => new(OfferForm.CashOff, Positive(amount, nameof(amount)));

    /// <summary>A share of the price off.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is not above 0 and at most 100.</exception>
    public static OfferTerms PercentOff(decimal percent) => new(OfferForm.PercentOff, Percent(percent, nameof(percent)));

    /// <summary>An amount off a basket that reaches <see cref="Offer.MinimumSpend"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is not above 0.</exception>
    public static OfferTerms SpendThreshold(decimal amount) => new(OfferForm.SpendThreshold, Positive(amount, nameof(amount)));

    /// <summary>A price that holds while the offer is valid.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="price"/> is below 0.</exception>
    public static OfferTerms TimeLimitedPrice(decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        return new OfferTerms(OfferForm.TimeLimitedPrice, price);
    }

    /// <summary>Free pieces for those who buy some.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A quantity is below 1.</exception>
    public static OfferTerms BuyAndGet(int buyQuantity, int getQuantity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buyQuantity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(getQuantity, 1);
        return new OfferTerms(OfferForm.BuyAndGet, 0, buyQuantity, getQuantity);
    }

    /// <summary>One price for all targets together.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="price"/> is below 0.</exception>
    public static OfferTerms Bundle(decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        return new OfferTerms(OfferForm.Bundle, price);
    }

    /// <summary>A share of the price off, for members.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is not above 0 and at most 100.</exception>
    public static OfferTerms Member(decimal percent) => new(OfferForm.Member, Percent(percent, nameof(percent)));

    /// <summary>Points on the customer's account.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="points"/> is below 1.</exception>
    public static OfferTerms Points(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        return new OfferTerms(OfferForm.Points, points);
    }

    private static decimal Positive(decimal value, string parameterName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, parameterName);
        return value;
    }

    private static decimal Percent(decimal value, string parameterName)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, parameterName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100, parameterName);
        return value;
    }
}
