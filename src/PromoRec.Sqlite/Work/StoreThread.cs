using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Work;

/// <summary>A queue of operations and the thread that runs them, as many together as are waiting.</summary>
/// <remarks>A thread of its own, because SQLite waits for the disk by blocking. It starts with the first operation.</remarks>
internal sealed class StoreThread
{
    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<StoreWork> _waiting = new();
    private readonly List<StoreWork> _batch = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchRunner _runner;
    private readonly string _path;
    private readonly int _maxBatch;
    private readonly int _maxWaiting;
    private int _waitingSize;
    private Thread? _thread;
    private bool _isClosing;

    public StoreThread(BatchRunner runner, SqliteOptions options)
    {
        _runner = runner;
        _path = Path.GetFullPath(options.Path);
        _maxBatch = options.MaxBatch;
        _maxWaiting = options.MaxWaiting;
    }

    /// <summary>Runs an operation. Cancelling stops the waiting only.</summary>
    public async ValueTask<T> RunAsync<T>(Func<StoreBatch, T> operation, int size, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreWork<T> work = new(size, operation);
        Add(work);
        return await work.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<T> RunAsync<T>(Func<StoreBatch, T> operation, CancellationToken cancellationToken) => RunAsync(operation, 1, cancellationToken);

    /// <summary>Writes the file anew. Cancelling stops the waiting only.</summary>
    public async ValueTask CompactAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CompactWork work = new();
        Add(work);
        await work.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes nothing more, and ends when what is waiting has been answered.</summary>
    public Task CloseAsync()
    {
        EndAfterWaiting();
        return _end.Task;
    }

    /// <inheritdoc cref="CloseAsync"/>
    public void Close() => EndAfterWaiting()?.Join();

    private Thread? EndAfterWaiting()
    {
        lock (_gate)
        {
            _isClosing = true;
            if (_thread is null)
            {
                _runner.Dispose();
                _end.TrySetResult();
            }

            Monitor.Pulse(_gate);
            return _thread;
        }
    }

    private void Add(StoreWork work)
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                throw SqliteFault.Closed(_path);
            }

            if (_waitingSize >= _maxWaiting)
            {
                throw SqliteFault.Crowded(_path, _waitingSize);
            }

            _waiting.Enqueue(work);
            _waitingSize += work.Size;
            if (_thread is null)
            {
                _thread = new Thread(Loop) { IsBackground = true, Name = "PromoRec.Sqlite" };
                _thread.Start();
            }

            Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        bool hasRested = true;
        while (TryTake(mayRest: !hasRested))
        {
            if (_batch.Count == 0)
            {
                hasRested = _runner.Rest();
                continue;
            }

            _runner.Run(_batch);
            _batch.Clear();
            hasRested = false;
        }

        _runner.Rest();
        _runner.Dispose();
        _end.SetResult();
    }

    /// <summary>Fills the batch; leaves it empty when it is time to rest.</summary>
    /// <returns>False at the end.</returns>
    private bool TryTake(bool mayRest)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosing)
                {
                    return false;
                }

                if (!Monitor.Wait(_gate, mayRest ? RestAfter : Timeout.InfiniteTimeSpan))
                {
                    return true;
                }
            }

            int size = 0;
            while (size < _maxBatch && _waiting.TryDequeue(out StoreWork? work))
            {
                size += work.Size;
                _batch.Add(work);
            }

            _waitingSize -= size;
            return true;
        }
    }
}
