using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>How much of a budget is taken.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Period">The period, such as "2026-11-03" or "2026-11"; a week has a w and its first day; empty for a budget that never starts anew.</param>
/// <param name="Taken">What orders have used and carts hold.</param>
public sealed record BudgetStatus(OfferBudget Budget, string Period, decimal Taken)
{
    /// <summary>What is left; 0 when it is overdrawn.</summary>
    public decimal Left => Math.Max(0, Budget.Limit - Taken);

    /// <summary>How far it is above its limit.</summary>
    public decimal Overdrawn => Math.Max(0, Taken - Budget.Limit);
}
