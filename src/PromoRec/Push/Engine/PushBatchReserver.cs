using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Reserves many requests in few trips: decides all of them as if each was granted what it asks for, asks the ledger once, and decides again about those for which that was wrong.</summary>
internal sealed class PushBatchReserver(IReservationLedger ledger, PushSnapshots snapshots, PushPreparer preparer, PushReserver reserver)
{
    // Stores answer many questions in one trip when they are asked at once.
    private const int ReadAtOnce = 128;

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
        Dictionary<UserId, PushSnapshot> known = await ReadAsync(requests, answers, pending, cancellationToken).ConfigureAwait(false);
        PushBudgets budgets = new();
        PushAttempt[] attempts = new PushAttempt[pending.Length];
        for (int i = 0; i < pending.Length; i++)
        {
            PushRequest request = requests[pending[i]];
            PushSnapshot snapshot = budgets.Apply(known[request.UserId]);
            attempts[i] = preparer.Prepare(request, options, snapshot);
            if (attempts[i].Abandoned is not null)
            {
                await reserver.GiveUpAsync(request, attempts[i], cancellationToken).ConfigureAwait(false);
            }

            known[request.UserId] = attempts[i].Abandoned is { } held ? PushHistory.Without(held, snapshot)
                : attempts[i].Place is { } place ? PushHistory.With(place, snapshot, budgets)
                : attempts[i].Answer.Place is { } replayed ? snapshot with { Batch = [.. snapshot.Batch, replayed.Key] } : snapshot;
        }

        ReservationRequest[] places = [.. attempts.Select(attempt => attempt.Place).OfType<ReservationRequest>()];
        IReadOnlyList<ReservationResult> results = places.Length == 0 ? [] : await ledger.TryReserveAsync(places, cancellationToken).ConfigureAwait(false);
        Answer(requests, answers, pending, attempts, results, isLast);
        await GiveUpAsync(requests, answers, pending, attempts, results, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the places back that are still held by what was dropped for good.</summary>
    private async ValueTask GiveUpAsync(
        IReadOnlyList<PushRequest> requests, PushReservation?[] answers, int[] pending, PushAttempt[] attempts, IReadOnlyList<ReservationResult> results, CancellationToken cancellationToken)
    {
        for (int i = 0, next = 0; i < pending.Length; i++)
        {
            if (attempts[i].Place is not null && PushReserver.LeavesPlace(attempts[i], results[next++]) && answers[pending[i]] is not null)
            {
                await reserver.GiveUpAsync(requests[pending[i]], attempts[i], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Answer(
        IReadOnlyList<PushRequest> requests, PushReservation?[] answers, int[] pending, PushAttempt[] attempts, IReadOnlyList<ReservationResult> results, bool isLast)
    {
        HashSet<UserId> wrong = [];
        for (int i = 0, next = 0; i < pending.Length; i++)
        {
            PushRequest request = requests[pending[i]];
            if (attempts[i].Place is null)
            {
                // What was refused because of a place that the ledger has not granted is decided again.
                answers[pending[i]] = isLast || !wrong.Contains(request.UserId) ? attempts[i].Answer : null;
                continue;
            }

            ReservationResult result = results[next++];
            answers[pending[i]] = PushReserver.AnswerOf(request, attempts[i], result, isLast);
            if (!result.IsHeld)
            {
                wrong.Add(request.UserId);
            }
        }
    }

    private async ValueTask<Dictionary<UserId, PushSnapshot>> ReadAsync(IReadOnlyList<PushRequest> requests, PushReservation?[] answers, int[] pending, CancellationToken cancellationToken)
    {
        Dictionary<UserId, PushSnapshot> known = [];
        ILookup<UserId, string> granted = answers.OfType<PushReservation>().Where(answer => answer.Place is not null).ToLookup(answer => answer.UserId, answer => answer.Key);
        foreach (IGrouping<UserId, PushRequest>[] customers in pending.Select(index => requests[index]).GroupBy(request => request.UserId).Chunk(ReadAtOnce))
        {
            PushSnapshot[] read = await Task.WhenAll(customers.Select(customer => ReadAsync(customer, cancellationToken))).ConfigureAwait(false);
            foreach (PushSnapshot snapshot in read)
            {
                known[snapshot.Customer.UserId] = snapshot with { Batch = [.. granted[snapshot.Customer.UserId]] };
            }
        }

        return known;
    }

    private async Task<PushSnapshot> ReadAsync(IGrouping<UserId, PushRequest> customer, CancellationToken cancellationToken)
    {
        PushSnapshot snapshot = await snapshots.ReadAsync(customer.First(), cancellationToken).ConfigureAwait(false);
        return customer.Skip(1).Any() ? await snapshots.WithBudgetsAsync(snapshot, customer, cancellationToken).ConfigureAwait(false) : snapshot;
    }
}
