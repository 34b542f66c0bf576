using PromoRec.Consent;
using PromoRec.PostgreSql.Consents;
using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql;

/// <summary>Consent ledgers in PostgreSQL.</summary>
internal sealed class PostgreSqlConsentStore(Lane<ConsentOperation>[] lanes) : IConsentStore
{
    public async ValueTask<ConsentAppendResult> AppendAsync(
        UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        ConsentEvent[] added = ConsentCheck.ThrowIfInvalid(userId, events);
        return await CallAsync(userId, slot => slot.Append(added, expectedVersion), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        return await CallAsync(userId, slot => slot.ToRecord(), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        await CallAsync(userId, slot => slot.Forget(), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> CallAsync<T>(UserId userId, Func<ConsentSlot, T> decide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ConsentCall<T> call = new(userId, decide);
        lanes[(uint)userId.GetHashCode() % (uint)lanes.Length].Enter(call);
        return await call.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
