namespace PromoRec.Push.Offers.Pricing;

/// <summary>Amounts of money: exact, with at most four decimals, so that a ledger can count them in ten-thousandths.</summary>
internal static class Money
{
    public const int Decimals = 4;

    /// <summary>Largest limit of a budget: a ledger's numbers hold some 900 times as many ten-thousandths.</summary>
    public const decimal Max = 100_000_000_000_000;

    /// <summary>Largest basket: thirty offers that take it from one budget still fit into a ledger's numbers.</summary>
    public const decimal MaxBasket = 1_000_000_000_000;

    private const decimal UnitsPerOne = 10_000;

    public static bool IsExact(decimal amount) => decimal.Round(amount, Decimals) == amount;

    /// <summary>An amount of a basket.</summary>
    public static decimal Checked(decimal amount, string parameterName)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount, parameterName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, MaxBasket, parameterName);
        return IsExact(amount) ? decimal.Round(amount, Decimals) : throw new ArgumentOutOfRangeException(parameterName, amount, "An amount has at most four decimals.");
    }

    public static long ToUnits(decimal amount) => (long)(amount * UnitsPerOne);

    public static decimal FromUnits(long units) => units / UnitsPerOne;
}
