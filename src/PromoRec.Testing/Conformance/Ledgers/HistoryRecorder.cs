using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>Lets many tasks work on few customers at a time, and writes down what each asked, what it was answered, and when.</summary>
internal static class HistoryRecorder
{
    private const int CustomersAtATime = 4;
    private const int OperationsEach = 50;
    private static readonly LedgerLabel[] Contents = [Ask.Label("content 0"), Ask.Label("content 1")];

    /// <returns>One history for each customer.</returns>
    public static async Task<RecordedOperation[][]> RecordAsync(LedgerProbe probe)
    {
        const int Wave = CustomersAtATime * OperationsEach;
        List<RecordedOperation[]> histories = [];
        Ticket ticket = new();
        int tasks = Math.Min(probe.Scale.Tasks, Linearizability.MostAtOnce);
        for (int first = 0; first < probe.Scale.HistoryOperations; first += Wave)
        {
            int start = first;
            RecordedOperation[] operations = await Crowd.DoAsync(
                tasks, Wave, i => DoAsync(probe, $"customer {(start / Wave * CustomersAtATime) + (i % CustomersAtATime)}", Draw(probe.Random((ulong)(start + i))), ticket)).ConfigureAwait(false);
            histories.AddRange(operations.Select((operation, i) => (operation, Customer: i % CustomersAtATime)).GroupBy(each => each.Customer).Select(group => group.Select(each => each.operation).ToArray()));
        }

        return [.. histories];
    }

    private static RecordedOperation Draw(SeededRandom random)
    {
        int choice = random.NextInt32(100);
        OperationKind kind = choice switch
        {
            < 45 => OperationKind.Reserve,
            < 55 => OperationKind.Begin,
            < 63 => OperationKind.Commit,
            < 78 => OperationKind.Release,
            < 82 => OperationKind.Uncertain,
            < 90 => OperationKind.Cancel,
            _ => OperationKind.Read,
        };
        int key = random.NextInt32(kind == OperationKind.Cancel ? 3 : SequentialCustomer.Keys);
        return new RecordedOperation(kind, (byte)key, (byte)random.NextInt32(2), (byte)(kind == OperationKind.Cancel ? random.NextInt32(3) : 1 + random.NextInt32(2)), 0, 0, 0);
    }

    private static async Task<RecordedOperation> DoAsync(LedgerProbe probe, UserId user, RecordedOperation operation, Ticket ticket)
    {
        long called = ticket.Next();
        ulong answer = operation.Kind switch
        {
            OperationKind.Reserve => AnswerOf(await probe.ReserveAsync(RequestOf(user, operation)).ConfigureAwait(false)),
            OperationKind.Cancel => (ulong)await probe.CancelAsync(user, operation.Version, operation.Key > 1 ? [] : [Contents[operation.Key]]).ConfigureAwait(false),
            OperationKind.Read => StateOf(await probe.ReadAsync(user).ConfigureAwait(false)),
            _ => (ulong)await probe.SettleAsync(user, $"{operation.Key}", (Settlement)operation.Kind).ConfigureAwait(false),
        };
        return operation with { Called = called, Answered = ticket.Next(), Answer = answer };
    }

    private static ReservationRequest RequestOf(UserId user, in RecordedOperation operation)
    {
        LedgerLabel content = Contents[operation.Content];
        return Ask.For(user, $"{operation.Key}", Ask.Ever(SequentialCustomer.Limit, Ask.All), Ask.Ever(SequentialCustomer.ContentLimit, content)) with
        {
            Labels = [Ask.All, content],
            ConsentVersion = operation.Version,
            TimeToLive = TimeSpan.FromDays(30),
        };
    }

    private static ulong AnswerOf(ReservationResult result) =>
        SequentialCustomer.Answer(result.Status, result.Reservation?.State, result.Refusals.Aggregate(0, (mask, refusal) => mask | (1 << refusal.Index)));

    private static ulong StateOf(CustomerHistory history)
    {
        ulong state = SequentialCustomer.WithVersion(0, history.ConsentVersion);
        foreach (LedgerEntry entry in history.Entries)
        {
            state = SequentialCustomer.With(state, entry.Key[0] - '0', entry.State, entry.Labels.Contains(Contents[1]) ? 1 : 0);
        }

        return state;
    }

    /// <summary>Gives every call and every answer its place among all of them.</summary>
    private sealed class Ticket
    {
        private long _last;

        public long Next() => Interlocked.Increment(ref _last);
    }
}
