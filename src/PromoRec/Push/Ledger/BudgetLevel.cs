namespace PromoRec.Push.Ledger;

/// <summary>How much of a budget is taken.</summary>
/// <param name="Key">The budget's key.</param>
/// <param name="Period">The period.</param>
/// <param name="Taken">Units committed and held.</param>
public readonly record struct BudgetLevel(string Key, string Period, long Taken);
