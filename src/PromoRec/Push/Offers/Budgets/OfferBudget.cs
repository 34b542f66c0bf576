namespace PromoRec.Push.Offers.Budgets;

/// <summary>How much of an offer there is: so many redemptions, so much discount or so large orders, in all or for each customer, once or in each period.</summary>
/// <param name="Measure">What it counts.</param>
/// <param name="Limit">How much there is, above 0: a whole number of redemptions, or an amount with at most four decimals.</param>
public sealed record OfferBudget(BudgetMeasure Measure, decimal Limit)
{
    /// <summary>After which time it starts anew; never unless set.</summary>
    public BudgetPeriod Period { get; init; }

    /// <summary>What shares it. Offers that share a budget should state the same limit; the lowest of those in one cart holds.</summary>
    public BudgetPool Pool { get; init; }

    /// <summary>Who has one of their own; all customers share it unless set.</summary>
    public BudgetHolder Holder { get; init; }

    /// <summary>For <see cref="BudgetHolder.Identifier"/>, the name of the identifiers it is for, such as "card"; any identifier unless set.</summary>
    public string? Identifier { get; init; }

    /// <summary>
    /// How far above the limit an order may still go when its customer was shown the offer: 0 or above, in the unit of <see cref="Limit"/>. 0, which
    /// is strict, unless set. What goes above is reported.
    /// </summary>
    public decimal Overdraft { get; init; }
}
