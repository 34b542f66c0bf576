using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

internal sealed partial class CustomerAccount
{
    public ReservationResult Reserve(ReservationRequest request, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets)
    {
        if (_isErased)
        {
            return new ReservationResult(ReservationStatus.Erased, now, null, []);
        }

        Sweep(now, budgets);
        UInt128 content = RequestContent.Of(request);
        int heldIndex = IndexOf(request.Key);
        LedgerEntry? held = heldIndex < 0 ? null : _entries[heldIndex];
        bool isMovable = held is { State: ReservationState.Reserved } && !held.IsUncertainAt(now);
        if (held is not null && held.Content != content && (!isMovable || request.IfHeld == HeldAction.Replay))
        {
            return new ReservationResult(ReservationStatus.Conflict, now, held.ToReservation(request.UserId), []);
        }

        if (held is not null && (request.IfHeld == HeldAction.Replay || !isMovable))
        {
            return new ReservationResult(ReservationStatus.Replayed, now, held.ToReservation(request.UserId), []);
        }

        if (held is null && request.IfHeld == HeldAction.RecheckOnly)
        {
            return new ReservationResult(ReservationStatus.NotHeld, now, null, []);
        }

        if (request.ConsentVersion < _consentVersion)
        {
            return new ReservationResult(ReservationStatus.ConsentChanged, now, null, []);
        }

        DateTimeOffset at = request.PlannedAt is { } planned && planned > now ? planned.ToUniversalTime() : now;
        return TryExpiry(request, at, out DateTimeOffset expiresAt)
            ? Decide(request, content, heldIndex, at, expiresAt, now, retention, budgets)
            : new ReservationResult(ReservationStatus.WindowMoved, now, null, []);
    }

    private ReservationResult Decide(
        ReservationRequest request, UInt128 content, int heldIndex, DateTimeOffset at, DateTimeOffset expiresAt, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets)
    {
        LedgerEntry? held = heldIndex < 0 ? null : _entries[heldIndex];
        ImmutableArray<LedgerEntry> before = _entries;
        ImmutableArray<LedgerEntry> superseded = StepAside(request, now);
        ImmutableArray<ClaimRefusal> refusals = Refusals(request, held, superseded, at, expiresAt, now, budgets);
        if (!refusals.IsEmpty)
        {
            _entries = before;

            // A place that is checked once more and no longer fits must not stay in the way of others; a cart that cannot be changed stays as it was.
            if (held is not null && request.IsRecheck)
            {
                RemoveAt(heldIndex, budgets);
            }

            return new ReservationResult(ReservationStatus.Refused, now, null, refusals);
        }

        GiveBackAll(superseded, budgets);
        if (held is not null)
        {
            _entries = _entries.Remove(held, ReferenceEqualityComparer.Instance);
        }

        ImmutableArray<BudgetHold> holds = Rebook(held?.Budgets ?? [], request.Budgets, budgets);
        LedgerEntry entry = NewEntry(request, content, at, expiresAt, holds);
        Insert(entry);

        Prune(now, retention);
        return new ReservationResult(ReservationStatus.Granted, now, entry.ToReservation(request.UserId), []);
    }

    /// <summary>Removes the places that a request supersedes, so that it is checked as if they were not there. What they have of budgets is still taken.</summary>
    /// <returns>The places; none for nearly every request.</returns>
    private ImmutableArray<LedgerEntry> StepAside(ReservationRequest request, DateTimeOffset now)
    {
        if (request.Supersedes.IsEmpty)
        {
            return [];
        }

        ImmutableArray<LedgerEntry> superseded = [.. _entries.Where(entry => entry.IsSupersededBy(request, now))];
        _entries = superseded.IsEmpty ? _entries : [.. _entries.Where(entry => !entry.IsSupersededBy(request, now))];
        return superseded;
    }

    private ImmutableArray<ClaimRefusal> Refusals(
        ReservationRequest request, LedgerEntry? held, ImmutableArray<LedgerEntry> superseded, DateTimeOffset at, DateTimeOffset expiresAt, DateTimeOffset now, IBudgetBook budgets)
    {
        ImmutableArray<ClaimRefusal> refusals = [];
        CapCounter counter = new(_entries.AsSpan(), _forgottenThrough, _forgotten.AsSpan(), held?.Key);
        for (int i = 0; i < request.Caps.Length; i++)
        {
            CapCount count = counter.Count(new CapRule(request.Caps[i]), at, expiresAt, request.TimeToLive, now);
            if (!count.Fits)
            {
                refusals = refusals.Add(new ClaimRefusal(ClaimKind.Cap, i, count.Observed, request.Caps[i].Limit, count.NextEligibleAt));
            }
        }

        for (int i = 0; i < request.Budgets.Length; i++)
        {
            // What the held place has of a budget comes free in the same step. One that is checked once more is not asked about what it has already.
            BudgetClaim claim = request.Budgets[i];
            int index = held is null ? -1 : IndexOf(held.Budgets, claim);
            if (index >= 0 && request.IsRecheck && claim.Amount <= held!.Budgets[index].Amount)
            {
                continue;
            }

            long taken = budgets.Taken(claim) - (index < 0 ? 0 : held!.Budgets[index].Amount) - HeldOf(superseded, claim);
            if (claim.Amount > claim.Limit - taken)
            {
                refusals = refusals.Add(new ClaimRefusal(ClaimKind.Budget, i, taken, claim.Limit, null));
            }
        }

        return refusals;
    }

    private static LedgerEntry NewEntry(ReservationRequest request, UInt128 content, DateTimeOffset at, DateTimeOffset expiresAt, ImmutableArray<BudgetHold> holds) => new()
    {
        Key = request.Key,
        Content = content,
        At = at,
        State = ReservationState.Reserved,
        ExpiresAt = expiresAt,
        OnExpiry = request.OnExpiry,
        Labels = request.Labels,
        ShortLabels = request.Marks.IsEmpty ? request.ShortLabels : [.. request.ShortLabels, .. request.Marks],
        Budgets = holds,
    };

    /// <summary>Gives back what the held place had and takes what is claimed: a send that moves into another period leaves the one it was in.</summary>
    private static ImmutableArray<BudgetHold> Rebook(ImmutableArray<BudgetHold> held, ImmutableArray<BudgetClaim> claims, IBudgetBook budgets)
    {
        if (IsAllOf(held, claims))
        {
            return held;
        }

        GiveBackAll(held, budgets);
        ImmutableArray<BudgetHold>.Builder holds = ImmutableArray.CreateBuilder<BudgetHold>(claims.Length);
        foreach (ref readonly BudgetClaim claim in claims.AsSpan())
        {
            budgets.Take(claim);
            holds.Add(new BudgetHold(claim.Key, claim.Period, claim.Amount, 0));
        }

        return holds.MoveToImmutable();
    }

    private static void GiveBackAll(ImmutableArray<LedgerEntry> superseded, IBudgetBook budgets)
    {
        foreach (LedgerEntry entry in superseded)
        {
            GiveBackAll(entry.Budgets, budgets);
        }
    }

    private static void GiveBackAll(ImmutableArray<BudgetHold> holds, IBudgetBook budgets)
    {
        foreach (ref readonly BudgetHold hold in holds.AsSpan())
        {
            budgets.GiveBack(hold.Key, hold.Period, hold.Amount);
        }
    }

    private static long HeldOf(ImmutableArray<LedgerEntry> superseded, in BudgetClaim claim)
    {
        long units = 0;
        foreach (LedgerEntry entry in superseded)
        {
            int index = IndexOf(entry.Budgets, claim);
            units += index < 0 ? 0 : entry.Budgets[index].Amount;
        }

        return units;
    }

    private static bool IsAllOf(ImmutableArray<BudgetHold> held, ImmutableArray<BudgetClaim> claims)
    {
        for (int i = 0; i < claims.Length && held.Length == claims.Length; i++)
        {
            if (!IsOf(held[i], claims[i]) || held[i].Amount != claims[i].Amount)
            {
                return false;
            }
        }

        return held.Length == claims.Length;
    }

    private static int IndexOf(ImmutableArray<BudgetHold> holds, in BudgetClaim claim)
    {
        for (int i = 0; i < holds.Length; i++)
        {
            if (IsOf(holds[i], claim))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsOf(in BudgetHold hold, in BudgetClaim claim) =>
        string.Equals(hold.Key, claim.Key, StringComparison.Ordinal) && string.Equals(hold.Period, claim.Period, StringComparison.Ordinal);

    /// <summary>When the time to live ends: where a fixed window of the caps ends at the latest, because a later send would fall into the next one.</summary>
    private static bool TryExpiry(ReservationRequest request, DateTimeOffset at, out DateTimeOffset expiresAt)
    {
        expiresAt = CapCounter.After(at, request.TimeToLive) ?? DateTimeOffset.MaxValue;
        if (request.NotAfter is { } end)
        {
            if (at >= end)
            {
                return false;
            }

            expiresAt = end < expiresAt ? end : expiresAt;
        }

        foreach (ref readonly CapClaim cap in request.Caps.AsSpan())
        {
            if (cap.Window.Kind != LedgerWindowKind.Fixed)
            {
                continue;
            }

            if (at < cap.Window.From || at >= cap.Window.To)
            {
                return false;
            }

            expiresAt = cap.Window.To < expiresAt ? cap.Window.To : expiresAt;
        }

        expiresAt = expiresAt.ToUniversalTime();
        return true;
    }
}
