using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

/// <summary>An entry of a <see cref="PlainAccount"/>.</summary>
internal sealed class PlainSend(ReservationRequest request, DateTimeOffset now)
{
    public string Key { get; } = request.Key;

    public string Content { get; } = ContentOf(request);

    public DateTimeOffset At { get; set; } = request.PlannedAt > now ? request.PlannedAt.Value : now;

    public DateTimeOffset ExpiresAt { get; } = request.Caps
        .Where(cap => cap.Window.Kind == LedgerWindowKind.Fixed)
        .Select(cap => cap.Window.To)
        .Append((request.PlannedAt > now ? request.PlannedAt.Value : now) + request.TimeToLive)
        .Min();

    public ReservationState State { get; set; }

    public bool HasLostLabels { get; set; }

    public HashSet<LedgerLabel> Labels { get; } = [.. request.Labels];

    public HashSet<LedgerLabel> ShortLabels { get; } = [.. request.ShortLabels, .. request.Marks];

    public Dictionary<BudgetName, long> Holds { get; } = request.Budgets.ToDictionary(claim => new BudgetName(claim.Key, claim.Period), claim => claim.Amount);

    public HashSet<string> Refunds { get; } = [];

    private bool IsCart { get; } = request.OnExpiry == ExpiryAction.Release;

    /// <summary>The last tick at which it may be or was sent.</summary>
    public DateTimeOffset Last => State == ReservationState.Reserved ? ExpiresAt.AddTicks(-1) : At;

    public static string ContentOf(ReservationRequest request) =>
        $"{string.Join(',', request.Labels)}|{string.Join(',', request.ShortLabels)}|{request.OnExpiry}|{string.Join(',', request.Budgets.Select(claim => $"{claim.Key}:{claim.Amount}"))}";

    /// <summary>The first tick at which it may be or was sent; what was sent after now is taken for sent at any time from now to then.</summary>
    public DateTimeOffset First(DateTimeOffset now) => State != ReservationState.Reserved && At > now ? now : At;

    public bool IsGone(DateTimeOffset now) => State == ReservationState.Reserved && IsCart && now >= ExpiresAt;

    public bool IsUncertain(DateTimeOffset now) => State switch
    {
        ReservationState.Uncertain => true,
        ReservationState.Begun => now >= ExpiresAt,
        ReservationState.Reserved => !IsCart && now >= ExpiresAt,
        _ => false,
    };

    public bool Has(LedgerLabel label) => Labels.Contains(label) || ShortLabels.Contains(label);

    public bool CountsUnder(CapClaim cap) =>
        (cap.Scope.All(Has) && cap.AnyOf.All(group => group.Any(Has)))
        || (HasLostLabels && cap.Window.Kind == LedgerWindowKind.Rolling && cap.Window.Length <= TimeSpan.FromDays(30));
}
