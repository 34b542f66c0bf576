namespace PromoRec.Push.Ledger;

/// <summary>Part of what a committed reservation took from a budget, given back.</summary>
/// <param name="Key">The budget's key. One that the reservation took from in several periods gets the amount back in each.</param>
/// <param name="Amount">How many units, above 0. All refunds of a reservation together give back at most what it took; more is cut off.</param>
public readonly record struct BudgetRefund(string Key, long Amount);
