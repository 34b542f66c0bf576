using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Makes of a request and a snapshot what is asked of the ledger. Pure.</summary>
internal sealed class PushPreparer(PushDecider decider, TimeSpan timeToLive)
{
    public PushAttempt Prepare(PushRequest request, PushReserveOptions options, PushSnapshot snapshot)
    {
        string key = PushKey.Of(request, snapshot.History, snapshot.Now);
        LedgerEntry? held = EntryOf(key, snapshot);
        if (held is null)
        {
            return Decide(request, key, options.HoldDeferred, HeldAction.Replay, snapshot);
        }

        if (!options.DecideAgain || held.State != ReservationState.Reserved || held.IsUncertainAt(snapshot.Now))
        {
            return new PushAttempt(Replay(request, key, held, snapshot));
        }

        PushAttempt again = Decide(request, key, holdDeferred: true, HeldAction.Recheck, PushHistory.Without(held, snapshot));
        return again.Place is null ? again with { Abandoned = held } : again;
    }

    /// <summary>The answer that a place stands for which the request had got before.</summary>
    public static PushReservation ReplayOf(PushRequest request, string key, Reservation place, DateTimeOffset now)
    {
        PushDecision decision = place.State == ReservationState.Reserved && place.At > now ? PushDecision.Defer(PushReason.Planned, null, place.At) : PushDecision.SendNow;
        return new PushReservation(request.UserId, key, decision, place, IsReplayed: true);
    }

    public static PushReservation AnswerOf(PushRequest request, string key, in PushDecision decision) => new(request.UserId, key, decision, null, IsReplayed: false);

    /// <summary>What would be asked of the ledger for a push that may be sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="snapshot">Everything known.</param>
    /// <param name="decision">That it may be sent.</param>
    /// <param name="failure">That it may not, when a policy fails at its claims.</param>
    /// <returns>Null when a policy fails.</returns>
    public ReservationRequest? PlaceFor(PushRequest request, PushSnapshot snapshot, in PushDecision decision, out PushDecision failure) => PlaceOf(
        request, PushKey.Of(request, snapshot.History, snapshot.Now), ContextOf(request, snapshot, decision), decision, HeldAction.Replay, new PushClaims(), out failure);

    private PushContext ContextOf(PushRequest request, PushSnapshot snapshot, in PushDecision decision)
    {
        PushContext context = decider.Begin(request, snapshot);
        return decision.Until is { } until ? context.At(until) : context;
    }

    private PushReservation Replay(PushRequest request, string key, LedgerEntry held, PushSnapshot snapshot)
    {
        // What it takes from budgets belongs to what it is, so policies are asked what they would claim.
        ReservationRequest? same = PlaceOf(request, key, decider.Begin(request, snapshot), PushDecision.SendNow, HeldAction.Replay, new PushClaims(), out PushDecision failure);
        return same is null ? AnswerOf(request, key, failure)
            : RequestContent.Of(same) == held.Content
            ? ReplayOf(request, key, held.ToReservation(request.UserId), snapshot.Now)
            : AnswerOf(request, key, PushDecision.Drop(PushReason.IdempotencyConflict));
    }

    private PushAttempt Decide(PushRequest request, string key, bool holdDeferred, HeldAction ifHeld, PushSnapshot snapshot)
    {
        PushDecision decision = decider.Decide(request, snapshot);
        if (decision.Outcome == PushOutcome.Drop || (decision.Outcome == PushOutcome.Defer && !holdDeferred))
        {
            return new PushAttempt(AnswerOf(request, key, decision));
        }

        PushClaims claims = new();
        return PlaceOf(request, key, ContextOf(request, snapshot, decision), decision, ifHeld, claims, out PushDecision failure) is { } place
            ? new PushAttempt(AnswerOf(request, key, decision), place, claims)
            : new PushAttempt(AnswerOf(request, key, failure));
    }

    private ReservationRequest? PlaceOf(
        PushRequest request, string key, in PushContext context, in PushDecision decision, HeldAction ifHeld, PushClaims claims, out PushDecision failure)
    {
        failure = default;
        if (decider.AddClaims(context, claims) is { } failed)
        {
            failure = PushDecision.Drop(PushReason.PolicyFailed, failed.Name);
            return null;
        }

        return new ReservationRequest
        {
            UserId = request.UserId,
            Key = key,
            PlannedAt = decision.Until,
            Labels = PushLabels.Of(request),
            ShortLabels = PushLabels.ShortOf(request),
            Caps = claims.Caps,
            Budgets = claims.Budgets,
            TimeToLive = timeToLive,
            NotAfter = decision.ValidUntil,
            OnExpiry = ExpiryAction.Count,
            IfHeld = ifHeld,
            ConsentVersion = context.Snapshot.Consent.Version,
        };
    }

    private static LedgerEntry? EntryOf(string key, PushSnapshot snapshot)
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
}
