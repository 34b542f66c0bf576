using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Reserves one place for several pushes to one customer that go out as one message.</summary>
internal sealed class PushDigestReserver(IReservationLedger ledger, PushSnapshots snapshots, PushDecider decider, PushPreparer preparer, PushReserver reserver)
{
    public async ValueTask<PushDigestReservation> TryReserveAsync(string digest, PushRequest[] requests, CancellationToken cancellationToken)
    {
        try
        {
            for (int attempts = 1; ; attempts++)
            {
                PushSnapshot snapshot = await snapshots.ReadAsync(requests[0], cancellationToken).ConfigureAwait(false);
                snapshot = await snapshots.WithBudgetsAsync(snapshot, requests, cancellationToken).ConfigureAwait(false);
                (PushAttempt attempt, PushDecision[] parts) = Prepare(digest, requests, snapshot);
                if (attempt.Place is null)
                {
                    return new PushDigestReservation(attempt.Answer, parts);
                }

                ReservationResult result = await ledger.TryReserveAsync(attempt.Place, cancellationToken).ConfigureAwait(false);
                bool isLast = attempts == PushReserver.MaxAttempts;

                // What the ledger has refused, a part may be without: all of them are asked again.
                if (!isLast && result.Status == ReservationStatus.Refused)
                {
                    continue;
                }

                if (PushReserver.AnswerOf(requests[0], attempt, result, isLast) is { } answer)
                {
                    return AnswerOf(answer, parts);
                }
            }
        }
        catch (LedgerUnavailableException fault)
        {
            PushDecision decision = reserver.UnavailableDecision(requests[0], fault);
            return new PushDigestReservation(PushPreparer.AnswerOf(requests[0], digest, decision), [.. requests.Select(_ => decision)]);
        }
    }

    private static PushDigestReservation AnswerOf(PushReservation answer, PushDecision[] parts) =>
        new(answer, answer.Place is not null ? parts : [.. parts.Select(part => part.Outcome == PushOutcome.SendNow ? answer.Decision : part)]);

    /// <summary>Decides about every part as if the others were not there, because all of them are one dispatch, and makes one place of those that may be sent.</summary>
    private (PushAttempt Attempt, PushDecision[] Parts) Prepare(string digest, PushRequest[] requests, PushSnapshot snapshot)
    {
        LedgerEntry? held = PushPreparer.EntryOf(digest, snapshot);
        snapshot = held is null ? snapshot : PushHistory.Without(held, snapshot);
        PushDecision[] parts = new PushDecision[requests.Length];
        List<ReservationRequest> places = [];
        PushClaims claims = new();
        PushBudgets budgets = new();
        HashSet<OfferId> offers = [];
        int[] order = PushBatch.OrderOf(requests);
        foreach (int index in order)
        {
            PushRequest request = requests[index];
            PushPlan plan = places.Count == PushDigestReservation.MaxParts ? Dropped(PushReason.AnotherWaits)
                : offers.Contains(request.Offer.Id) ? Dropped(PushReason.Duplicate)
                : PlanOf(request, held, budgets.Apply(snapshot));
            parts[index] = plan.Decision;
            if (plan.Decision.Outcome != PushOutcome.SendNow)
            {
                continue;
            }

            PushClaims own = new();
            if (preparer.PlaceOf(request, digest, plan, HeldAction.Replay, own, out PushDecision failure) is not { } place)
            {
                parts[index] = failure;
                continue;
            }

            foreach (BudgetClaim claim in place.Budgets)
            {
                budgets.Take(claim);
            }

            claims.AddAll(own);
            places.Add(request.Key is null ? place : place with { ShortLabels = [.. place.ShortLabels, PushDigest.PartOf(request)] });
            offers.Add(request.Offer.Id);
        }

        PushDecision decision = places.Count > 0 ? PushDecision.SendNow with { ValidUntil = places.Min(place => place.NotAfter) } : WithoutParts([.. order.Select(index => parts[index])]);
        PushAttempt attempt = new(PushPreparer.AnswerOf(requests[0], digest, decision), places.Count > 0 ? Together(places, claims) : null, claims);
        return (attempt, parts);
    }

    /// <summary>What one part comes to. Those that a digest of this name was made of are not decided about again, like any push that has its place; no others can be added to it.</summary>
    private PushPlan PlanOf(PushRequest request, LedgerEntry? held, PushSnapshot snapshot)
    {
        if (held is not null && held.IsIn([PushDigest.PartOf(request)]))
        {
            return new PushPlan(PushDecision.SendNow, decider.Begin(request, snapshot));
        }

        bool isElsewhere = PushPreparer.EntryOf(PushKey.Of(request, snapshot.History, snapshot.Now), snapshot) is not null || PushPreparer.IsInDigest(request, snapshot);
        PushPlan plan = isElsewhere ? Dropped(PushReason.Duplicate) : decider.Plan(request, snapshot);
        return held is not null && plan.Decision.Outcome == PushOutcome.SendNow ? Dropped(PushReason.IdempotencyConflict) : plan;
    }

    private static PushPlan Dropped(PushReason reason) => new(PushDecision.Drop(reason), default);

    /// <summary>The decision about a message without parts: it waits for the first part that may be sent later, if one may.</summary>
    private static PushDecision WithoutParts(PushDecision[] parts)
    {
        PushDecision[] deferred = [.. parts.Where(part => part.Outcome == PushOutcome.Defer)];
        return deferred.Length > 0 ? deferred.MinBy(part => part.Until) : parts[0];
    }

    private static ReservationRequest Together(List<ReservationRequest> places, PushClaims claims) => places[0] with
    {
        // Sorted, because the same parts are the same digest also when other scores put them into another order.
        Labels = [PushDigest.Label, .. places.SelectMany(place => place.Labels).Distinct().Order()],
        ShortLabels = [.. places.SelectMany(place => place.ShortLabels).Distinct().Order()],
        Caps = claims.Caps,
        Budgets = claims.Budgets,
        NotAfter = places.Min(place => place.NotAfter),
    };
}
