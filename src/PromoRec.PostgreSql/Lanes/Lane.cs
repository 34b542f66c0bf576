namespace PromoRec.PostgreSql.Lanes;

/// <summary>Serves operations one batch after the other: at once when nothing is under way, and otherwise all that has come in meanwhile.</summary>
/// <remarks>What is served is taken off the thread and the ambient transaction of whoever asked, so that a host's own transaction is never joined.</remarks>
internal sealed class Lane<TOperation>(int maxBatch, Func<List<TOperation>, Task> serve, Deadline deadline)
    where TOperation : Operation
{
    private readonly Lock _gate = new();
    private readonly Queue<TOperation> _waiting = new();
    private bool _isServing;
    private bool _isClosed;
    private Task _serving = Task.CompletedTask;

    public void Enter(TOperation operation) => Enter([operation]);

    /// <summary>Puts operations in, which stay together and in order.</summary>
    public void Enter(ReadOnlySpan<TOperation> operations)
    {
        long now = deadline.Now;
        lock (_gate)
        {
            if (_isClosed)
            {
                throw DatabaseFaults.Closed();
            }

            foreach (TOperation operation in operations)
            {
                operation.EnteredAt = now;
                _waiting.Enqueue(operation);
            }

            if (!_isServing)
            {
                _isServing = true;
                _serving = Detached.RunAsync(ServeAsync);
            }
        }
    }

    /// <summary>Takes nothing more and waits until what came before is served.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _serving;
        }
    }

    private async Task ServeAsync()
    {
        List<TOperation> batch = [];
        while (TryTake(batch))
        {
            try
            {
                await serve(batch).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever went wrong, those who wait are told so, and the next batch is served.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                foreach (TOperation operation in batch)
                {
                    operation.Fail(exception);
                }
            }

            batch.Clear();
        }
    }

    private bool TryTake(List<TOperation> batch)
    {
        lock (_gate)
        {
            while (batch.Count < maxBatch && _waiting.TryDequeue(out TOperation? operation))
            {
                batch.Add(operation);
            }

            _isServing = batch.Count > 0;
            return _isServing;
        }
    }
}
