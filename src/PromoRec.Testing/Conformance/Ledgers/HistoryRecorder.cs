using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>Lets many tasks work on few customers at a time, at several instances where there may be some, and writes down what each asked, what it was answered, and when.</summary>
internal static class HistoryRecorder
{
    private const int CustomersAtATime = 4;
    private const int OperationsEach = 50;
    private const int MostInstances = 3;

    /// <summary>Random numbers that say which operations come in lists, apart from those that say what they are.</summary>
    private const ulong ListStream = 1UL << 40;

    private static readonly LedgerLabel[] Contents = [Ask.Label("content 0"), Ask.Label("content 1")];

    /// <returns>One history for each customer, as soon as it is complete.</returns>
    public static async IAsyncEnumerable<RecordedOperation[]> RecordAsync(LedgerProbe probe)
    {
        const int Wave = CustomersAtATime * OperationsEach;
        IReservationLedger[] ledgers = await probe.OpenAllAsync(MostInstances).ConfigureAwait(false);
        Ticket ticket = new();
        int tasks = Math.Min(probe.Scale.Tasks, Linearizability.MostAtOnce);
        for (int first = 0; first < probe.Scale.HistoryOperations; first += Wave)
        {
            int start = first;
            RecordedCall[] calls = [.. Enumerable.Range(0, OperationsEach).SelectMany(round => Calls(probe, start + (round * CustomersAtATime)))];

            // Four customers and three instances: each customer comes to each instance.
            RecordedCall[] answered = await Crowd.DoAsync(tasks, calls.Length, i => DoAsync(probe, ledgers[i % ledgers.Length], start / Wave, calls[i], ticket)).ConfigureAwait(false);
            for (int customer = 0; customer < CustomersAtATime; customer++)
            {
                yield return [.. answered.SelectMany(call => call.Of(customer))];
            }
        }
    }

    /// <summary>One operation of each customer, each in a call of its own or, where all of them reserve, in one list.</summary>
    private static IEnumerable<RecordedCall> Calls(LedgerProbe probe, int first)
    {
        bool isList = probe.Random(ListStream + (ulong)first).NextInt32(8) == 0;
        RecordedOperation[] operations = [.. Enumerable.Range(first, CustomersAtATime).Select(i => Draw(probe.Random((ulong)i), isList))];
        return isList ? [new RecordedCall(0, operations)] : operations.Select((operation, customer) => new RecordedCall(customer, [operation]));
    }

    private static RecordedOperation Draw(SeededRandom random, bool reserves)
    {
        int choice = reserves ? 0 : random.NextInt32(100);
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

    private static async Task<RecordedCall> DoAsync(LedgerProbe probe, IReservationLedger ledger, int wave, RecordedCall call, Ticket ticket)
    {
        UserId[] users = [.. call.Operations.Select((_, i) => new UserId($"customer {(wave * CustomersAtATime) + call.FirstCustomer + i}"))];
        long called = ticket.Next();
        ulong[] answers = call.Operations.Length == 1
            ? [await AskAsync(probe, ledger, users[0], call.Operations[0]).ConfigureAwait(false)]
            : [.. (await ledger.TryReserveAsync([.. users.Zip(call.Operations, (user, operation) => RequestOf(user, operation))], probe.Token).ConfigureAwait(false)).Select(AnswerOf)];
        long answered = ticket.Next();
        Expect.Equal(users.Length, answers.Length, "the number of answers to a list");
        return call with { Operations = [.. call.Operations.Zip(answers, (operation, answer) => operation with { Called = called, Answered = answered, Answer = answer })] };
    }

    private static async Task<ulong> AskAsync(LedgerProbe probe, IReservationLedger ledger, UserId user, RecordedOperation operation) => operation.Kind switch
    {
        OperationKind.Reserve => AnswerOf(await ledger.TryReserveAsync(RequestOf(user, operation), probe.Token).ConfigureAwait(false)),
        OperationKind.Cancel => (ulong)await ledger.CancelAsync(new Cancellation(user, operation.Version, operation.Key > 1 ? [] : [Contents[operation.Key]]), probe.Token).ConfigureAwait(false),
        OperationKind.Read => StateOf(await ledger.ReadAsync(user, probe.Token).ConfigureAwait(false)),
        _ => (ulong)await ledger.SettleAsync(user, $"{operation.Key}", (Settlement)operation.Kind, probe.Token).ConfigureAwait(false),
    };

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

    /// <summary>A call: one operation of one customer, or a list with one of each.</summary>
    private readonly record struct RecordedCall(int FirstCustomer, RecordedOperation[] Operations)
    {
        public IEnumerable<RecordedOperation> Of(int customer) => customer >= FirstCustomer && customer < FirstCustomer + Operations.Length ? [Operations[customer - FirstCustomer]] : [];
    }

    /// <summary>Gives every call and every answer its place among all of them.</summary>
    private sealed class Ticket
    {
        private long _last;

        public long Next() => Interlocked.Increment(ref _last);
    }
}
