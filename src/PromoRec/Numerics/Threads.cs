using System.Runtime.ExceptionServices;

namespace PromoRec.Numerics;

/// <summary>What a number of threads in an option means, and work on several.</summary>
internal static class Threads
{
    /// <summary>The number itself, or one thread a processor for 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static int Resolve(int requested)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requested);
        return requested == 0 ? Environment.ProcessorCount : requested;
    }

    /// <summary>Runs numbered batches on several threads, each with its own scratch.</summary>
    /// <param name="batches">Number of batches; they are handed out in ascending order.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="createWorker">Makes one thread's worker, which takes the number of a batch.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public static void Run(int batches, int threads, Func<Action<int>> createWorker, CancellationToken cancellationToken)
    {
        int next = -1;
        bool failed = false;
        void Work()
        {
            Action<int> worker = createWorker();
            for (int batch = Interlocked.Increment(ref next); batch < batches && !Volatile.Read(ref failed); batch = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    worker(batch);
                }
                catch
                {
                    // What the other threads would still do is of no use to anybody.
                    Volatile.Write(ref failed, true);
                    throw;
                }
            }
        }

        if (threads == 1)
        {
            Work();
            return;
        }

        try
        {
            Parallel.For(0, Math.Min(threads, batches), new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, _ => Work());
        }
        catch (AggregateException failures)
        {
            // What the caller can act on is the failure itself, not that it happened on another thread.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
