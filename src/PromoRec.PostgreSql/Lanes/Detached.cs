namespace PromoRec.PostgreSql.Lanes;

/// <summary>Runs work away from the caller's context: a host's ambient transaction must not be joined, or its rollback would undo what was promised.</summary>
internal static class Detached
{
    public static Task RunAsync(Func<Task> work) => Start(() => Task.Run(work));

    public static Task<T> RunAsync<T>(Func<Task<T>> work) => Start(() => Task.Run(work));

    private static TTask Start<TTask>(Func<TTask> start)
    {
        // Suppressing what is suppressed already is an error.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return start();
        }

        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        return start();
    }
}
