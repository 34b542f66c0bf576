using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PromoRec.Diagnostics;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Reserves what the decider lets pass, and decides again when the ledger says that things have changed.</summary>
internal sealed class PushReserver(IReservationLedger ledger, PushSnapshots snapshots, PushPreparer preparer, bool transactionalWithoutStore, ILogger logger)
{
    /// <summary>How often things may change between decision and reservation before it is given up.</summary>
    public const int MaxAttempts = 5;

    public async ValueTask<PushReservation> TryReserveAsync(PushRequest request, PushReserveOptions options, CancellationToken cancellationToken)
    {
        try
        {
            for (int attempts = 1; ; attempts++)
            {
                PushSnapshot snapshot = await snapshots.ReadAsync(request, cancellationToken).ConfigureAwait(false);
                PushAttempt attempt = preparer.Prepare(request, options, snapshot);
                if (attempt.Place is null)
                {
                    if (attempt.Abandoned is not null)
                    {
                        await GiveUpAsync(request, attempt, cancellationToken).ConfigureAwait(false);
                    }

                    return attempt.Answer;
                }

                ReservationResult result = await ledger.TryReserveAsync(attempt.Place, cancellationToken).ConfigureAwait(false);
                if (AnswerOf(request, attempt, result, isLast: attempts == MaxAttempts) is { } answer)
                {
                    if (LeavesPlace(attempt, result))
                    {
                        await GiveUpAsync(request, attempt, cancellationToken).ConfigureAwait(false);
                    }

                    return answer;
                }
            }
        }
        catch (LedgerUnavailableException fault)
        {
            return Unavailable(request, fault);
        }
    }

    /// <summary>What a store that does not answer means for a push: nothing is sent unless the host wants its transactional messages to go out all the same.</summary>
    public PushDecision UnavailableDecision(PushRequest request, LedgerUnavailableException fault)
    {
        Log.PushStoreUnavailable(logger, fault.Fault, fault);
        return request.Class == MessageClass.Transactional && transactionalWithoutStore
            ? PushDecision.SendNow
            : PushDecision.Drop(PushReason.StoreUnavailable);
    }

    public PushReservation Unavailable(PushRequest request, LedgerUnavailableException fault) =>
        PushPreparer.AnswerOf(request, PushKey.FirstOf(request), UnavailableDecision(request, fault));

    /// <summary>Whether the ledger has refused to check a place once more, so that it still holds what is dropped for good when this was the last attempt.</summary>
    public static bool LeavesPlace(PushAttempt attempt, ReservationResult result) =>
        attempt.Place is { IsRecheck: true } && result.Status is ReservationStatus.WindowMoved or ReservationStatus.ConsentChanged;

    /// <summary>Gives a place back that must not be used any more, unless it has been.</summary>
    public async ValueTask GiveUpAsync(PushRequest request, PushAttempt attempt, CancellationToken cancellationToken)
    {
        // Unlike a release, a cancellation leaves alone what somebody else has begun in the meantime. Version 0 cancels nothing else.
        ImmutableArray<LedgerLabel> scope = [.. PushLabels.Of(request), .. PushLabels.ShortOf(request)];
        await ledger.CancelAsync(new Cancellation(request.UserId, ConsentVersion: 0, scope) { Key = attempt.Answer.Key }, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The answer; null when it has to be decided again.</returns>
    public static PushReservation? AnswerOf(PushRequest request, PushAttempt attempt, ReservationResult result, bool isLast) => result.Status switch
    {
        ReservationStatus.Granted => attempt.Answer with { Place = result.Reservation },
        ReservationStatus.Replayed => PushPreparer.ReplayOf(request, attempt.Answer.Key, result.Reservation!, result.LedgerTime),
        ReservationStatus.Refused => OfRefusals(request, attempt, result, isLast),
        ReservationStatus.Conflict => DropOf(request, attempt, PushReason.IdempotencyConflict),
        ReservationStatus.Erased => DropOf(request, attempt, PushReason.Erased),
        ReservationStatus.NotHeld => DropOf(request, attempt, PushReason.PlaceGone),
        ReservationStatus.ConsentChanged => isLast ? DropOf(request, attempt, PushReason.ConsentChanged) : null,
        _ => isLast ? DropOf(request, attempt, PushReason.TooLate) : null,
    };

    private static PushReservation DropOf(PushRequest request, PushAttempt attempt, PushReason reason) =>
        PushPreparer.AnswerOf(request, attempt.Answer.Key, PushDecision.Drop(reason) with { Trace = attempt.Answer.Decision.Trace });

    private static PushReservation? OfRefusals(PushRequest request, PushAttempt attempt, ReservationResult result, bool isLast)
    {
        PushClaim first = attempt.Claims!.Of(result.Refusals[0]);
        DateTimeOffset? next = result.Refusals[0].NextEligibleAt;
        OfferConstraints failed = OfferConstraints.None;
        foreach (ClaimRefusal refusal in result.Refusals)
        {
            PushClaim claim = attempt.Claims.Of(refusal);
            if (claim.MayDefer && !isLast)
            {
                return null;
            }

            failed |= claim.Failed;
            next = refusal.NextEligibleAt is { } at && next <= at ? at : refusal.NextEligibleAt is null ? null : next;
        }

        PushDecision decision = PushDecision.Drop(first.Reason, first.Policy, next) with { Failed = failed, Trace = attempt.Answer.Decision.Trace };
        return PushPreparer.AnswerOf(request, attempt.Answer.Key, decision);
    }
}
