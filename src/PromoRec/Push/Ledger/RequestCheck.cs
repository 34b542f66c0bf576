using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Push.Ledger;

/// <summary>What every store refuses before it touches anything.</summary>
/// <remarks>On the way of every reservation, so that a text is made only when it is thrown.</remarks>
internal static class RequestCheck
{
    // A digest of ten offers, each with as many topics and keys of its own as a push may have, fits in.
    private const int MaxParts = 640;
    private const int MaxBudgetKeyLength = 200;
    private const int MaxPeriodLength = 40;
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    public static void ThrowIfInvalid(ReservationRequest request)
    {
        ThrowIfNotACustomer(request.UserId);
        ThrowIfNotAKey(request.Key);
        ThrowIfNotLists(request);
        ThrowIf(request.TimeToLive <= TimeSpan.Zero || request.TimeToLive > MaxTimeToLive, "The time to live must be above zero and at most 30 days.");
        ThrowIf(request.OnExpiry is not (ExpiryAction.Count or ExpiryAction.Release), "The action on expiry is not one of the two there are.");
        ThrowIf(request.IfHeld is < HeldAction.Replay or > HeldAction.RecheckOnly, "The action for a place already held is not one of the four there are.");
        ThrowIf(request.ConsentVersion < 0, "The consent version must be 0 or more.");
        foreach (ref readonly CapClaim cap in request.Caps.AsSpan())
        {
            ThrowIfInvalid(cap);
            ThrowIfForgotten(cap, request);
        }

        ThrowIfInvalid(request.Budgets.AsSpan());
    }

    public static void ThrowIfNotACustomer(UserId userId) => ThrowIf(userId.IsEmpty, "A customer's id must not be empty.");

    public static void ThrowIfNotAKey(string key)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > ReservationRequest.MaxKeyLength)
        {
            Throw($"A key has 1 to {ReservationRequest.MaxKeyLength} characters that are not all blank.");
        }

        ThrowIfNotUnicode(key);
    }

    public static void ThrowIfInvalid(Settlement settlement) => ThrowIf(
        settlement is not (Settlement.Begin or Settlement.Commit or Settlement.Release or Settlement.Uncertain), "The settlement is not one of the four there are.");

    public static void ThrowIfInvalid(IReadOnlyList<BudgetRefund> refunds)
    {
        foreach (BudgetRefund refund in refunds)
        {
            ThrowIf(string.IsNullOrWhiteSpace(refund.Key), "A refund must name a budget.");
            ThrowIf(refund.Amount <= 0, "The amount of a refund must be above 0.");
        }
    }

    public static void ThrowIfInvalid(BudgetName budget)
    {
        if (string.IsNullOrWhiteSpace(budget.Key) || budget.Key.Length > MaxBudgetKeyLength)
        {
            Throw($"A budget's key has 1 to {MaxBudgetKeyLength} characters.");
        }

        if (budget.Period is not { Length: <= MaxPeriodLength })
        {
            Throw($"A budget's period has at most {MaxPeriodLength} characters and is not null.");
        }

        ThrowIfNotUnicode(budget.Key);
        ThrowIfNotUnicode(budget.Period);
    }

    public static void ThrowIfInvalid(Cancellation cancellation)
    {
        ThrowIfNotACustomer(cancellation.UserId);
        ThrowIf(cancellation.ConsentVersion < 0, "The consent version must be 0 or more.");
        ThrowIf(cancellation.Scope.IsDefault, "The scope must be a list, not the default value.");
        if (cancellation.Key is { } key)
        {
            ThrowIfNotAKey(key);
        }
    }

    /// <summary>Half of a surrogate pair becomes another character where a store writes it: a repeated key would not find what it named before.</summary>
    private static void ThrowIfNotUnicode(string name)
    {
        ReadOnlySpan<char> rest = name;
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var surrogate and >= 0)
        {
            bool isPair = surrogate + 1 < rest.Length && char.IsSurrogatePair(rest[surrogate], rest[surrogate + 1]);
            ThrowIf(!isPair, "A key, a budget's key and its period must be valid Unicode: half of a surrogate pair is no character.");
            rest = rest[(surrogate + 2)..];
        }
    }

    private static void ThrowIfNotLists(ReservationRequest request)
    {
        ThrowIf(
            request.Labels.IsDefault || request.ShortLabels.IsDefault || request.Marks.IsDefault || request.Supersedes.IsDefault || request.Caps.IsDefault || request.Budgets.IsDefault,
            "Labels, caps and budgets must be lists, not the default value.");
        if (request.Labels.Length + request.ShortLabels.Length + request.Marks.Length > MaxParts || request.Supersedes.Length > MaxParts || request.Caps.Length > MaxParts || request.Budgets.Length > MaxParts)
        {
            Throw($"A reservation has at most {MaxParts} labels, {MaxParts} caps and {MaxParts} budgets.");
        }

        ThrowIf(
            request.Labels.AsSpan().Contains(default) || request.ShortLabels.AsSpan().Contains(default) || request.Marks.AsSpan().Contains(default) || request.Supersedes.AsSpan().Contains(default),
            "A label must not be the default value.");
    }

    private static void ThrowIfInvalid(in CapClaim cap)
    {
        ThrowIf(cap.Scope.IsDefaultOrEmpty, "A cap must name at least one label that it counts.");
        ThrowIf(HasEmptyGroup(cap), "Each group of a cap must name at least one label.");
        ThrowIf(cap.Limit < 1, "A cap's limit must be 1 or more.");
        ThrowIf(cap.Window.Kind == LedgerWindowKind.Rolling && cap.Window.Length <= TimeSpan.Zero, "A rolling window must have a length.");
    }

    private static void ThrowIfForgotten(in CapClaim cap, ReservationRequest request)
    {
        if ((request.ShortLabels.IsEmpty && request.Marks.IsEmpty) || (cap.Window.Kind == LedgerWindowKind.Rolling && cap.Window.Length <= LedgerEntry.ShortLabelLife))
        {
            return;
        }

        bool isOverShort = IsOverShort(cap.Scope, request);
        foreach (ImmutableArray<LedgerLabel> group in GroupsOf(cap))
        {
            isOverShort |= IsOverShort(group, request);
        }

        ThrowIf(isOverShort, "A cap over a short label needs a rolling window of at most 30 days.");
    }

    private static bool IsOverShort(ImmutableArray<LedgerLabel> scope, ReservationRequest request) =>
        request.ShortLabels.AsSpan().ContainsAny(scope.AsSpan()) || request.Marks.AsSpan().ContainsAny(scope.AsSpan());

    private static bool HasEmptyGroup(in CapClaim cap)
    {
        foreach (ImmutableArray<LedgerLabel> group in GroupsOf(cap))
        {
            if (group.IsDefaultOrEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<ImmutableArray<LedgerLabel>> GroupsOf(in CapClaim cap) => cap.AnyOf.IsDefault ? [] : cap.AnyOf.AsSpan();

    private static void ThrowIfInvalid(ReadOnlySpan<BudgetClaim> budgets)
    {
        for (int i = 0; i < budgets.Length; i++)
        {
            ThrowIfInvalid(new BudgetName(budgets[i].Key, budgets[i].Period));
            ThrowIf(budgets[i].Limit < 0 || budgets[i].Amount < 0, "The limit and the amount of a budget must be 0 or more.");
            for (int j = 0; j < i; j++)
            {
                ThrowIf(budgets[i].Key == budgets[j].Key && budgets[i].Period == budgets[j].Period, "Two claims name the same budget in the same period.");
            }
        }
    }

    private static void ThrowIf([DoesNotReturnIf(true)] bool isFault, string fault)
    {
        if (isFault)
        {
            Throw(fault);
        }
    }

    [DoesNotReturn]
    private static void Throw(string fault) => throw new ArgumentException(fault);
}
