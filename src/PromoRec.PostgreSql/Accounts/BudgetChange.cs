using PromoRec.PostgreSql.Escrow;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Units that a customer's operations take from a budget, or give back where negative.</summary>
internal readonly record struct BudgetChange(RoundBudget Budget, long Amount);
