namespace PromoRec.Push.Offers.Budgets;

/// <summary>What a budget counts.</summary>
public enum BudgetMeasure
{
    /// <summary>Redemptions.</summary>
    Redemptions = 0,

    /// <summary>The discounts given, in the offer's currency.</summary>
    DiscountValue = 1,

    /// <summary>What the orders cost before any discount, in the offer's currency.</summary>
    OrderValue = 2,
}
