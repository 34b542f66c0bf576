namespace PromoRec.Sqlite.Work;

/// <summary>Asks for the file to be written anew, once its batch is committed: SQLite does that outside of transactions only.</summary>
internal sealed class CompactWork : StoreWork
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreBatch? _batch;

    public override int Size => 1;

    public Task Answer => _answer.Task;

    public override void Run(StoreBatch batch)
    {
        _batch = batch;
        batch.MustCompact = true;
    }

    public override void Complete()
    {
        if (_batch?.CompactionFault is { } fault)
        {
            _answer.SetException(fault);
        }
        else
        {
            _answer.SetResult();
        }
    }

    public override void Fail(Exception exception) => _answer.SetException(exception);
}
