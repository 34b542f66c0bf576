using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Work;

/// <summary>An operation with an answer.</summary>
internal sealed class StoreWork<T>(int size, Func<StoreBatch, T> operation) : StoreWork
{
    // The threads of a store run no code of the caller.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

    public override int Size => size;

    public Task<T> Answer => _answer.Task;

    public override void Run(StoreBatch batch)
    {
        try
        {
            _result = operation(batch);
        }
        catch (Exception exception) when (exception is not SqliteCallException)
        {
            _failure = exception;
        }
    }

    public override void Complete()
    {
        if (_failure is null)
        {
            _answer.SetResult(_result!);
        }
        else
        {
            _answer.SetException(_failure);
        }
    }

    public override void Fail(Exception exception) => _answer.SetException(exception);
}
