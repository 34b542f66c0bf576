namespace PromoRec.Push.Ledger;

/// <summary>Names a budget in a period.</summary>
/// <param name="Key">The budget's key.</param>
/// <param name="Period">The period; empty for a budget that never starts anew.</param>
public readonly record struct BudgetName(string Key, string Period);
