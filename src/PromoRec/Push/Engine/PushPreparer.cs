using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Makes of a request and a snapshot what is asked of the ledger. Pure.</summary>
internal sealed class PushPreparer(PushDecider decider, TimeSpan timeToLive)
{
    public PushAttempt Prepare(PushRequest request, PushReserveOptions options, PushSnapshot snapshot)
    {
        string key = PushKey.Of(request, snapshot.History, snapshot.Now);
        if (EntryOf(key, snapshot) is not { } held)
        {
            return options.OnlyIfHeld ? WithoutPlace(request, key, options, snapshot)
                : IsInDigest(request, snapshot) ? new PushAttempt(AnswerOf(request, key, PushDecision.Drop(PushReason.Duplicate)))
                : Decide(request, key, options, options.HoldDeferred, HeldAction.Replay, snapshot);
        }

        if (!options.DecideAgain || held.State != ReservationState.Reserved || held.IsUncertainAt(snapshot.Now))
        {
            return new PushAttempt(Replay(request, key, held, snapshot));
        }

        PushAttempt again = Decide(
            request, key, options, holdDeferred: true, options.OnlyIfHeld ? HeldAction.RecheckOnly : HeldAction.Recheck, PushHistory.Without(held, snapshot));
        return again.Place is null ? again with { Abandoned = held } : again;
    }

    /// <summary>Whether a push went out as part of a digest, or is about to: it is the same push for as long as the digest remembers its parts.</summary>
    public static bool IsInDigest(PushRequest request, PushSnapshot snapshot)
    {
        foreach (LedgerEntry entry in snapshot.History.Entries)
        {
            if (entry.IsIn([PushDigest.Label]) && entry.IsIn([PushDigest.PartOf(request)]) && !PushKey.IsOver(entry, snapshot.Now))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The answer that a place stands for which the request had got before.</summary>
    public static PushReservation ReplayOf(PushRequest request, string key, Reservation place, DateTimeOffset now)
    {
        PushDecision decision = place.State == ReservationState.Reserved && place.At > now ? PushDecision.Defer(PushReason.Planned, null, place.At) : PushDecision.SendNow;
        return new PushReservation(request.UserId, key, decision, place, IsReplayed: true);
    }

    public static PushReservation AnswerOf(PushRequest request, string key, in PushDecision decision) => new(request.UserId, key, decision, null, IsReplayed: false);

    /// <summary>What would be asked of the ledger for a push that holds a place.</summary>
    /// <param name="request">The request.</param>
    /// <param name="snapshot">Everything known.</param>
    /// <param name="plan">What was decided.</param>
    /// <param name="failure">That it may not be sent, when a policy fails at its claims.</param>
    /// <returns>Null when a policy fails.</returns>
    public ReservationRequest? PlaceFor(PushRequest request, PushSnapshot snapshot, in PushPlan plan, out PushDecision failure) =>
        PlaceOf(request, PushKey.Of(request, snapshot.History, snapshot.Now), plan, HeldAction.Replay, new PushClaims(), out failure);

    /// <summary>What would be asked of the ledger for a push under a name.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The name.</param>
    /// <param name="plan">What was decided.</param>
    /// <param name="ifHeld">What is to be done with a place of that name.</param>
    /// <param name="claims">Takes what policies claim.</param>
    /// <param name="failure">That it may not be sent, when a policy fails at its claims.</param>
    /// <returns>Null when a policy fails.</returns>
    public ReservationRequest? PlaceOf(PushRequest request, string key, in PushPlan plan, HeldAction ifHeld, PushClaims claims, out PushDecision failure)
    {
        failure = default;
        if (decider.AddClaims(plan.Context, claims) is { } failed)
        {
            failure = PushDecision.Drop(PushReason.PolicyFailed, failed.Name);
            return null;
        }

        foreach ((IPushPolicy policy, PushWait wait) in plan.Waits)
        {
            claims.Add(policy, wait);
        }

        return new ReservationRequest
        {
            UserId = request.UserId,
            Key = key,
            PlannedAt = plan.Decision.Until,
            Labels = PushLabels.Of(request),
            ShortLabels = PushLabels.ShortOf(request),
            Marks = claims.Marks,
            Supersedes = claims.Supersedes,
            Caps = claims.Caps,
            Budgets = claims.Budgets,
            TimeToLive = timeToLive,
            NotAfter = plan.Decision.ValidUntil,
            OnExpiry = ExpiryAction.Count,
            IfHeld = ifHeld,
            ConsentVersion = plan.Context.Snapshot.Consent.Version,
        };
    }

    /// <summary>The customer's place of a name; null when there is none.</summary>
    public static LedgerEntry? EntryOf(string key, PushSnapshot snapshot)
    {
        foreach (LedgerEntry entry in snapshot.History.Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal) && !entry.IsGoneAt(snapshot.Now))
            {
                return entry;
            }
        }

        return null;
    }

    private PushReservation Replay(PushRequest request, string key, LedgerEntry held, PushSnapshot snapshot)
    {
        // What it takes from budgets belongs to what it is, so policies are asked what they would claim.
        PushPlan plan = new(PushDecision.SendNow, decider.Begin(request, snapshot));
        ReservationRequest? same = PlaceOf(request, key, plan, HeldAction.Replay, new PushClaims(), out PushDecision failure);
        return same is null ? AnswerOf(request, key, failure)
            : RequestContent.Of(same) == held.Content
            ? ReplayOf(request, key, held.ToReservation(request.UserId), snapshot.Now)
            : AnswerOf(request, key, PushDecision.Drop(PushReason.IdempotencyConflict));
    }

    /// <summary>The answer to a push whose place is gone: why it could not be sent even with one, where that is so, because it says more.</summary>
    private PushAttempt WithoutPlace(PushRequest request, string key, PushReserveOptions options, PushSnapshot snapshot)
    {
        PushDecision decision = decider.Plan(request, snapshot, options.Explain).Decision;
        return new PushAttempt(AnswerOf(request, key, decision.Outcome == PushOutcome.Drop ? decision : PushDecision.Drop(PushReason.PlaceGone) with { Trace = decision.Trace }));
    }

    private PushAttempt Decide(PushRequest request, string key, PushReserveOptions options, bool holdDeferred, HeldAction ifHeld, PushSnapshot snapshot)
    {
        PushPlan plan = decider.Plan(request, snapshot, options.Explain);
        if (!plan.Holds(holdDeferred))
        {
            return new PushAttempt(AnswerOf(request, key, plan.Decision));
        }

        PushClaims claims = new();
        return PlaceOf(request, key, plan, ifHeld, claims, out PushDecision failure) is { } place
            ? new PushAttempt(AnswerOf(request, key, plan.Decision), place, claims)
            : new PushAttempt(AnswerOf(request, key, failure));
    }
}
