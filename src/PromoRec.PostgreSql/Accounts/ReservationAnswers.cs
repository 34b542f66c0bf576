using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Collects the answers to a list of requests, which come from several lanes in any order.</summary>
internal sealed class ReservationAnswers(int count)
{
    private readonly TaskCompletionSource<IReadOnlyList<ReservationResult>> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReservationResult[] _results = new ReservationResult[count];
    private int _missing = count;

    public Task<IReadOnlyList<ReservationResult>> Task => _all.Task;

    public void Set(int index, ReservationResult result)
    {
        _results[index] = result;
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.TrySetResult(_results);
        }
    }

    public void Fail(Exception exception) => _all.TrySetException(exception);
}
