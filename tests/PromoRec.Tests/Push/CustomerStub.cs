using PromoRec.Push;

namespace PromoRec.Tests.Push;

/// <summary>Customers as a test wants them; unknown unless set.</summary>
internal sealed class CustomerStub : IPushCustomerSource
{
    public Func<UserId, PushCustomer?> Find { get; set; } = _ => null;

    public int Asked { get; private set; }

    public ValueTask<PushCustomer?> FindAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        Asked++;
        return ValueTask.FromResult(Find(userId));
    }
}
