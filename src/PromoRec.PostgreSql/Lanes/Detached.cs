namespace PromoRec.PostgreSql.Lanes;

/// <summary>Runs work away from the caller's context: a host's ambient transaction must not be joined, or its rollback would undo what was promised.</summary>
internal static class Detached
{
    public static Task RunAsync(Func<Task> work)
    {
        using AsyncFlowControl flow = Suppress();
        return Task.Run(work);
    }

    public static Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        using AsyncFlowControl flow = Suppress();
        return Task.Run(work);
    }

    // Suppressing twice is an error, and what has been suppressed is not undone by a default.
    private static AsyncFlowControl Suppress() => ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
}
