using PromoRec.Numerics;

namespace PromoRec.Training;

/// <summary>Runs numbered batches on several threads, each with its own scratch.</summary>
internal static class Workers
{
    /// <inheritdoc cref="Threads.Run"/>
    public static void Run(int batches, int threads, Func<Action<int>> createWorker, CancellationToken cancellationToken) =>
        Threads.Run(batches, threads, createWorker, cancellationToken);
}
