namespace PromoRec.Testing.Conformance.Ledgers;

internal static class OrderChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("answers-are-the-references", "One after another, operations are answered as the reference answers them.", ReferenceComparison.RunAsync, StoreAbilities.TakesClock),
        new("operations-have-one-order", "All operations on one customer, however many overlap, have one order that explains every answer and agrees with when calls began and ended.", OneOrder),
    ];

    private static async Task OneOrder(LedgerProbe probe)
    {
        RecordedOperation[][] histories = await HistoryRecorder.RecordAsync(probe).ConfigureAwait(false);
        foreach (RecordedOperation[] history in histories)
        {
            if (Linearizability.FirstUnexplained(history) is { } fault)
            {
                throw new BrokenPromiseException(fault);
            }
        }
    }
}
