namespace PromoRec.Testing.Conformance.Ledgers;

internal static class OrderChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("answers-are-the-references", "One after another, operations are answered as the reference answers them.", ReferenceComparison.RunAsync, StoreAbilities.TakesClock),
        new("operations-have-one-order", "All operations on one customer, however many overlap and whichever instance they come to, have one order that explains every answer and agrees with when calls began and ended.", OneOrder),
    ];

    private static async Task OneOrder(LedgerProbe probe)
    {
        await foreach (RecordedOperation[] history in HistoryRecorder.RecordAsync(probe).ConfigureAwait(false))
        {
            if (Linearizability.FirstUnexplained(history) is { } fault)
            {
                throw new BrokenPromiseException(fault);
            }
        }
    }
}
