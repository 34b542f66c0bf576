namespace PromoRec.Tests.Ranking;

/// <summary>What a call allocates once its code is compiled for good.</summary>
internal static class SteadyAllocation
{
    private const int MostWaits = 100;

    /// <summary>The bytes that the last of several calls allocated. Code of the first tier boxes what later code does not, and on a busy machine the later code comes late: waits for it, but not for ever.</summary>
    public static async Task<long> OfAsync(Action call)
    {
        long allocated = Measure(call);
        for (int wait = 0; allocated > 0 && wait < MostWaits; wait++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            allocated = Measure(call);
        }

        return allocated;
    }

    private static long Measure(Action call)
    {
        for (int i = 0; i < 100; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
