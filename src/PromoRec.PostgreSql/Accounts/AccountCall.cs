using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>A call with one answer.</summary>
internal sealed class AccountCall<T>(UserId userId, Func<CustomerAccount, DateTimeOffset, IBudgetBook, T> decide) : AccountOperation(userId)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _decided;

    public Task<T> Task => _answer.Task;

    public override void Decide(CustomerAccount account, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets) => _decided = decide(account, now, budgets);

    protected override void Reply() => _answer.TrySetResult(_decided!);

    protected override void Refuse(Exception exception) => _answer.TrySetException(exception);
}
