namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>All checks of ledgers.</summary>
internal static class LedgerChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        .. CapChecks.All,
        .. BudgetChecks.All,
        .. RefundChecks.All,
        .. IdempotencyChecks.All,
        .. SettlementChecks.All,
        .. WindowChecks.All,
        .. ExpiryChecks.All,
        .. ClockChecks.All,
        .. HeldChecks.All,
        .. SupersedeChecks.All,
        .. WithdrawalChecks.All,
        .. CustomerChecks.All,
        .. BatchChecks.All,
        .. OrderChecks.All,
        .. LifeChecks.All,
    ];
}
