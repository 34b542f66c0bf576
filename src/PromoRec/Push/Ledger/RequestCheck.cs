namespace PromoRec.Push.Ledger;

/// <summary>What every store refuses before it touches anything.</summary>
internal static class RequestCheck
{
    private const int MaxParts = 64;
    private const int MaxBudgetKeyLength = 200;
    private const int MaxPeriodLength = 40;
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    public static void ThrowIfInvalid(ReservationRequest request)
    {
        ThrowIfNotACustomer(request.UserId);
        ThrowIfNotAKey(request.Key);
        Check(!request.Labels.IsDefault && !request.ShortLabels.IsDefault && !request.Caps.IsDefault && !request.Budgets.IsDefault, "Labels, caps and budgets must be lists, not the default value.");
        Check(
            request.Labels.Length + request.ShortLabels.Length <= MaxParts && request.Caps.Length <= MaxParts && request.Budgets.Length <= MaxParts,
            $"A reservation has at most {MaxParts} labels, {MaxParts} caps and {MaxParts} budgets.");
        Check(request.TimeToLive > TimeSpan.Zero && request.TimeToLive <= MaxTimeToLive, "The time to live must be above zero and at most 30 days.");
        Check(request.OnExpiry is ExpiryAction.Count or ExpiryAction.Release, "The action on expiry is not one of the two there are.");
        Check(request.IfHeld is HeldAction.Replay or HeldAction.Recheck or HeldAction.Replace, "The action for a place already held is not one of the three there are.");
        Check(request.ConsentVersion >= 0, "The consent version must be 0 or more.");
        foreach (ref readonly CapClaim cap in request.Caps.AsSpan())
        {
            ThrowIfInvalid(cap);
            ThrowIfForgotten(cap, request);
        }

        for (int i = 0; i < request.Budgets.Length; i++)
        {
            ThrowIfInvalid(request.Budgets[i]);
            for (int j = 0; j < i; j++)
            {
                Check(
                    request.Budgets[i].Key != request.Budgets[j].Key || request.Budgets[i].Period != request.Budgets[j].Period,
                    $"Two claims name the budget '{request.Budgets[i].Key}' in the same period.");
            }
        }
    }

    public static void ThrowIfNotACustomer(UserId userId) => Check(!userId.IsEmpty, "A customer's id must not be empty.");

    public static void ThrowIfNotAKey(string key) =>
        Check(!string.IsNullOrWhiteSpace(key) && key.Length <= ReservationRequest.MaxKeyLength, $"A key has 1 to {ReservationRequest.MaxKeyLength} characters that are not all blank.");

    private static void ThrowIfInvalid(in CapClaim cap)
    {
        Check(!cap.Scope.IsDefaultOrEmpty, "A cap must name at least one label that it counts.");
        Check(cap.AnyOf.IsDefault || !cap.AnyOf.Any(group => group.IsDefaultOrEmpty), "Each group of a cap must name at least one label.");
        Check(cap.Limit >= 1, "A cap's limit must be 1 or more.");
        Check(cap.Window.Kind != LedgerWindowKind.Rolling || cap.Window.Length > TimeSpan.Zero, "A rolling window must have a length.");
    }

    private static void ThrowIfForgotten(in CapClaim cap, ReservationRequest request)
    {
        bool isShort = cap.Window.Kind == LedgerWindowKind.Rolling && cap.Window.Length <= LedgerEntry.ShortLabelLife;
        foreach (LedgerLabel label in cap.AnyOf.IsDefault ? cap.Scope : cap.AnyOf.Aggregate(cap.Scope, (all, group) => all.AddRange(group)))
        {
            Check(isShort || !request.ShortLabels.Contains(label), "A cap over a short label needs a rolling window of at most 30 days.");
        }
    }

    private static void ThrowIfInvalid(in BudgetClaim budget)
    {
        Check(!string.IsNullOrWhiteSpace(budget.Key) && budget.Key.Length <= MaxBudgetKeyLength, $"A budget's key has 1 to {MaxBudgetKeyLength} characters.");
        Check(budget.Period is { Length: <= MaxPeriodLength }, $"A budget's period has at most {MaxPeriodLength} characters and is not null.");
        Check(budget.Limit >= 0 && budget.Amount >= 0, $"The limit and the amount of the budget '{budget.Key}' must be 0 or more.");
    }

    private static void Check(bool holds, string fault)
    {
        if (!holds)
        {
            throw new ArgumentException(fault);
        }
    }
}
