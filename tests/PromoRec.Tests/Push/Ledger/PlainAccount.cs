using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

/// <summary>A customer's account as the documentation says it: every tick of every window is looked at, and nothing is clever.</summary>
internal sealed class PlainAccount
{
    private const int Horizon = 130;
    private readonly List<PlainSend> _dropped = [];
    private long _consentVersion;
    private bool _isErased;

    public List<PlainSend> Sends { get; } = [];

    public PlainBook Book { get; } = new();

    public (ReservationStatus Status, List<ClaimRefusal> Refusals) Reserve(ReservationRequest request, DateTimeOffset now)
    {
        if (_isErased)
        {
            return (ReservationStatus.Erased, []);
        }

        RemoveAll(send => send.IsGone(now));
        PlainSend? held = Find(request.Key);
        bool mayMove = held is not null && held.State == ReservationState.Reserved && !held.IsUncertain(now);
        if (held is not null && held.Content != PlainSend.ContentOf(request) && !(mayMove && request.IfHeld != HeldAction.Replay))
        {
            return (ReservationStatus.Conflict, []);
        }

        if (held is not null && (request.IfHeld == HeldAction.Replay || !mayMove))
        {
            return (ReservationStatus.Replayed, []);
        }

        if (held is null && request.IfHeld == HeldAction.RecheckOnly)
        {
            return (ReservationStatus.NotHeld, []);
        }

        if (request.ConsentVersion < _consentVersion)
        {
            return (ReservationStatus.ConsentChanged, []);
        }

        PlainSend send = new(request, now);
        if (request.Caps.Any(cap => cap.Window.Kind == LedgerWindowKind.Fixed && (send.At < cap.Window.From || send.At >= cap.Window.To)))
        {
            return (ReservationStatus.WindowMoved, []);
        }

        List<PlainSend> gone = [.. Sends.Where(other => other != held && other.State == ReservationState.Reserved && !other.IsUncertain(now) && request.Supersedes.Any(other.Has))];
        List<ClaimRefusal> refusals = [.. CapRefusals(request, send, held, gone, now), .. BudgetRefusals(request, held, gone)];
        if (refusals.Count == 0)
        {
            gone.ForEach(Remove);
        }

        if (held is not null && (refusals.Count == 0 || IsRecheck(request)))
        {
            Remove(held);
        }

        if (refusals.Count > 0)
        {
            return (ReservationStatus.Refused, refusals);
        }

        foreach (BudgetClaim claim in request.Budgets)
        {
            Book.Take(claim);
        }

        Sends.Add(send);
        Prune(now);
        return (ReservationStatus.Granted, []);
    }

    public SettlementStatus Settle(string key, Settlement settlement, DateTimeOffset now)
    {
        if (Find(key) is not { } send || send.IsGone(now))
        {
            return SettlementStatus.NotFound;
        }

        switch (settlement, send.State)
        {
            case (Settlement.Begin, ReservationState.Reserved):
                bool isPast = now >= send.ExpiresAt || Sends.Concat(_dropped).Any(other => other.State != ReservationState.Reserved && other.At >= send.ExpiresAt);
                if (isPast || now < send.At)
                {
                    return isPast ? SettlementStatus.Expired : SettlementStatus.NotYet;
                }

                (send.State, send.At) = (ReservationState.Begun, now);
                return SettlementStatus.Done;
            case (Settlement.Begin, ReservationState.Begun):
            case (Settlement.Commit, ReservationState.Committed):
            case (Settlement.Uncertain, ReservationState.Uncertain):
                return SettlementStatus.AlreadyDone;
            case (Settlement.Begin, _):
            case (_, ReservationState.Committed):
                return SettlementStatus.Conflict;
            case (Settlement.Commit, var before):
                send.At = before == ReservationState.Reserved ? Later(send.At, now) : send.At;
                send.State = ReservationState.Committed;
                return SettlementStatus.Done;
            case (Settlement.Uncertain, var before):
                send.At = before == ReservationState.Reserved ? Later(send.At, now < send.ExpiresAt ? now : send.ExpiresAt.AddTicks(-1)) : send.At;
                send.State = ReservationState.Uncertain;
                return SettlementStatus.Done;
            default:
                Remove(send);
                return SettlementStatus.Done;
        }
    }

    public SettlementStatus Refund(string key, string refundKey, IEnumerable<BudgetRefund> refunds, DateTimeOffset now)
    {
        if (Find(key) is not { } send || send.IsGone(now))
        {
            return SettlementStatus.NotFound;
        }

        if (send.State != ReservationState.Committed)
        {
            return SettlementStatus.Conflict;
        }

        if (!send.Refunds.Add(refundKey))
        {
            return SettlementStatus.AlreadyDone;
        }

        foreach (BudgetRefund refund in refunds)
        {
            foreach (BudgetName name in send.Holds.Keys.Where(name => name.Key == refund.Key).ToList())
            {
                long part = Math.Min(refund.Amount, send.Holds[name]);
                send.Holds[name] -= part;
                Book.GiveBack(name.Key, name.Period, part);
            }
        }

        return SettlementStatus.Done;
    }

    public int Cancel(Cancellation cancellation, DateTimeOffset now)
    {
        RemoveAll(send => send.IsGone(now));
        _consentVersion = Math.Max(_consentVersion, cancellation.ConsentVersion);
        return RemoveAll(send => send.State == ReservationState.Reserved && !send.IsUncertain(now) && (cancellation.Key is null || send.Key == cancellation.Key) && cancellation.Scope.All(send.Has));
    }

    public void Forget(DateTimeOffset now)
    {
        RemoveAll(send => send.IsGone(now));
        Sends.Clear();
        _dropped.Clear();
        _isErased = true;
    }

    private IEnumerable<ClaimRefusal> CapRefusals(ReservationRequest request, PlainSend send, PlainSend? held, List<PlainSend> gone, DateTimeOffset now)
    {
        List<PlainSend> others = [.. Sends.Where(other => other != held).Except(gone)];
        for (int i = 0; i < request.Caps.Length; i++)
        {
            CapClaim cap = request.Caps[i];
            int count = Count(cap, others, send.At, send.ExpiresAt, now);
            if (count >= cap.Limit)
            {
                yield return new ClaimRefusal(ClaimKind.Cap, i, count, cap.Limit, Next(cap, others, send.At, request.TimeToLive, now));
            }
        }
    }

    private IEnumerable<ClaimRefusal> BudgetRefusals(ReservationRequest request, PlainSend? held, List<PlainSend> gone)
    {
        for (int i = 0; i < request.Budgets.Length; i++)
        {
            BudgetClaim claim = request.Budgets[i];
            long own = 0;
            bool has = held is not null && held.Holds.TryGetValue(new BudgetName(claim.Key, claim.Period), out own);
            long taken = Book.Taken(claim) - own - gone.Sum(other => other.Holds.GetValueOrDefault(new BudgetName(claim.Key, claim.Period)));
            if (!(has && IsRecheck(request) && claim.Amount <= own) && taken + claim.Amount > claim.Limit)
            {
                yield return new ClaimRefusal(ClaimKind.Budget, i, taken, claim.Limit, null);
            }
        }
    }

    private static bool IsRecheck(ReservationRequest request) => request.IfHeld is HeldAction.Recheck or HeldAction.RecheckOnly;

    private int Count(CapClaim cap, List<PlainSend> others, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        List<PlainSend> counted = [.. others.Where(other => other.CountsUnder(cap))];
        switch (cap.Window.Kind)
        {
            case LedgerWindowKind.Lifetime:
                return counted.Count + _dropped.Count(other => cap.Scope.All(other.Labels.Contains) && cap.AnyOf.All(group => group.Any(other.Labels.Contains)));
            case LedgerWindowKind.Fixed:
                int inside = counted.Count(other => other.First(now) < cap.Window.To && other.Last >= cap.Window.From);
                return _dropped.Any(other => other.At >= cap.Window.From) ? Math.Max(inside, cap.Limit) : inside;
            default:
                return _dropped.Any(other => other.At > from - cap.Window.Length) ? cap.Limit : FullestWindow(cap.Window.Length, counted, from, until, now);
        }
    }

    // Every window that holds at least one instant at which the send may happen.
    private static int FullestWindow(TimeSpan length, List<PlainSend> counted, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        int fullest = 0;
        for (DateTimeOffset x = (from - length).AddTicks(1); x < until; x = x.AddTicks(1))
        {
            fullest = Math.Max(fullest, counted.Count(other => other.First(now) < x + length && other.Last >= x));
        }

        return fullest;
    }

    private DateTimeOffset? Next(CapClaim cap, List<PlainSend> others, DateTimeOffset from, TimeSpan timeToLive, DateTimeOffset now)
    {
        if (cap.Window.Kind != LedgerWindowKind.Rolling)
        {
            return cap.Window.Kind == LedgerWindowKind.Fixed ? cap.Window.To : null;
        }

        for (int i = 1; i <= Horizon; i++)
        {
            DateTimeOffset at = from.AddTicks(i);
            if (Count(cap, others, at, at + timeToLive, now) < cap.Limit)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Whether two answers agree; one that lies beyond the ticks that were tried need not be found.</summary>
    public static bool Agree(ClaimRefusal plain, ClaimRefusal actual, DateTimeOffset asked) =>
        plain with { NextEligibleAt = actual.NextEligibleAt } == actual
        && (plain.NextEligibleAt == actual.NextEligibleAt || (plain.NextEligibleAt is null && actual.NextEligibleAt > asked.AddTicks(Horizon)));

    private void Prune(DateTimeOffset now)
    {
        foreach (PlainSend send in Sends.Where(send => send.State == ReservationState.Committed).ToList())
        {
            if (send.At < now - AccountStep.Retention)
            {
                Sends.Remove(send);
                _dropped.Add(send);
            }
            else if (send.At < now.AddDays(-30) && send.ShortLabels.Count > 0)
            {
                send.ShortLabels.Clear();
                send.HasLostLabels = true;
            }
        }
    }

    private PlainSend? Find(string key) => Sends.Find(send => send.Key == key);

    private int RemoveAll(Predicate<PlainSend> isGone)
    {
        List<PlainSend> gone = Sends.FindAll(isGone);
        gone.ForEach(Remove);
        return gone.Count;
    }

    private void Remove(PlainSend send)
    {
        Sends.Remove(send);
        foreach ((BudgetName name, long amount) in send.Holds)
        {
            Book.GiveBack(name.Key, name.Period, amount);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
