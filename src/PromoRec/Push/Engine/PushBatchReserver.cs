using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Reserves many requests in few trips: decides all of them as if each was granted what it asks for, asks the ledger once, and decides again about those for which that was wrong.</summary>
internal sealed class PushBatchReserver(IReservationLedger ledger, PushSnapshots snapshots, PushPreparer preparer, PushReserver reserver)
{
    public async ValueTask<PushReservation[]> TryReserveAsync(IReadOnlyList<PushRequest> requests, PushReserveOptions options, CancellationToken cancellationToken)
    {
        var answers = new PushReservation?[requests.Count];
        int[] pending = PushBatch.OrderOf(requests);
        for (int rounds = 1; pending.Length > 0; rounds++)
        {
            try
            {
                await RunAsync(requests, options, answers, pending, rounds == PushReserver.MaxAttempts, cancellationToken).ConfigureAwait(false);
            }
            catch (LedgerUnavailableException fault)
            {
                foreach (int index in pending)
                {
                    answers[index] ??= reserver.Unavailable(requests[index], fault);
                }
            }

            pending = [.. pending.Where(index => answers[index] is null)];
        }

        return answers!;
    }

    private async ValueTask RunAsync(
        IReadOnlyList<PushRequest> requests, PushReserveOptions options, PushReservation?[] answers, int[] pending, bool isLast, CancellationToken cancellationToken)
    {
        Dictionary<UserId, PushSnapshot> known = await ReadAsync(requests, pending, cancellationToken).ConfigureAwait(false);
        PushAttempt[] attempts = new PushAttempt[pending.Length];
        List<int> asked = [];
        for (int i = 0; i < pending.Length; i++)
        {
            PushRequest request = requests[pending[i]];
            attempts[i] = preparer.Prepare(request, options, known[request.UserId]);
            if (attempts[i].Place is { } place)
            {
                asked.Add(i);
                known[request.UserId] = PushHistory.With(place, known[request.UserId]);
            }
        }

        IReadOnlyList<ReservationResult> results = asked.Count == 0
            ? []
            : await ledger.TryReserveAsync([.. asked.Select(i => attempts[i].Place!)], cancellationToken).ConfigureAwait(false);
        HashSet<UserId> wrong = [];
        for (int i = 0, next = 0; i < pending.Length; i++)
        {
            PushRequest request = requests[pending[i]];
            if (attempts[i].Place is not null)
            {
                ReservationResult result = results[next++];
                answers[pending[i]] = PushReserver.AnswerOf(request, attempts[i], result, isLast);
                if (!result.IsHeld)
                {
                    wrong.Add(request.UserId);
                }
            }
            else if (isLast || !wrong.Contains(request.UserId))
            {
                // What was refused because of a place that the ledger has not granted is decided again.
                await reserver.GiveUpAsync(attempts[i], request, cancellationToken).ConfigureAwait(false);
                answers[pending[i]] = attempts[i].Answer;
            }
        }
    }

    private async ValueTask<Dictionary<UserId, PushSnapshot>> ReadAsync(IReadOnlyList<PushRequest> requests, int[] pending, CancellationToken cancellationToken)
    {
        Dictionary<UserId, PushSnapshot> known = [];
        foreach (IGrouping<UserId, PushRequest> customer in pending.Select(index => requests[index]).GroupBy(request => request.UserId))
        {
            PushSnapshot snapshot = await snapshots.ReadAsync(customer.First(), cancellationToken).ConfigureAwait(false);
            known[customer.Key] = customer.Skip(1).Any()
                ? await snapshots.WithBudgetsAsync(snapshot, customer, cancellationToken).ConfigureAwait(false)
                : snapshot;
        }

        return known;
    }
}
