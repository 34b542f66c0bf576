namespace PromoRec.Push.Ledger;

/// <summary>What a reservation took from a budget.</summary>
/// <param name="Key">The budget's key.</param>
/// <param name="Period">The period.</param>
/// <param name="Amount">Units taken.</param>
/// <param name="Refunded">Units given back of them.</param>
public readonly record struct BudgetHold(string Key, string Period, long Amount, long Refunded);
