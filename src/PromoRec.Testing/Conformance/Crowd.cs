using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PromoRec.Testing.Conformance;

/// <summary>Many tasks that do many things at once.</summary>
internal static class Crowd
{
    /// <summary>Does something for every number below a count, by as many tasks as there are to be, which all start together.</summary>
    /// <returns>What came of each, in the order of the numbers.</returns>
    public static async Task<T[]> DoAsync<T>(int tasks, int count, Func<int, Task<T>> action)
    {
        T[] results = new T[count];
        int next = -1;
        TaskCompletionSource start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ConcurrentQueue<Exception> failures = [];
        Task[] crowd = [.. Enumerable.Range(0, Math.Min(tasks, count)).Select(_ => Task.Run(WorkAsync))];
        start.SetResult();
        await Task.WhenAll(crowd).ConfigureAwait(false);
        if (failures.TryDequeue(out Exception? failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return results;

        async Task WorkAsync()
        {
            await start.Task.ConfigureAwait(false);
            try
            {
                for (int i = Interlocked.Increment(ref next); i < count && failures.IsEmpty; i = Interlocked.Increment(ref next))
                {
                    results[i] = await action(i).ConfigureAwait(false);
                }
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
            }
        }
    }

    /// <summary>Starts two calls at once.</summary>
    public static async Task<(T1 First, T2 Second)> RaceAsync<T1, T2>(Func<Task<T1>> first, Func<Task<T2>> second)
    {
        Task<T1> one = Task.Run(first);
        Task<T2> other = Task.Run(second);
        return (await one.ConfigureAwait(false), await other.ConfigureAwait(false));
    }
}
