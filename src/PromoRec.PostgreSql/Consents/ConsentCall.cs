namespace PromoRec.PostgreSql.Consents;

/// <summary>A call with its answer.</summary>
internal sealed class ConsentCall<T>(UserId userId, Func<ConsentSlot, T> decide) : ConsentOperation(userId)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _decided;

    public Task<T> Task => _answer.Task;

    public override void Decide(ConsentSlot slot) => _decided = decide(slot);

    public override void Answer()
    {
        IsAnswered = true;
        _answer.TrySetResult(_decided!);
    }

    public override void Fail(Exception exception)
    {
        IsAnswered = true;
        _answer.TrySetException(exception);
    }
}
