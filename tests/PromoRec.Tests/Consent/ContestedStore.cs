using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

/// <summary>A store in which somebody else is faster a few times: it appends another's event just before the caller's.</summary>
internal sealed class ContestedStore(IConsentStore inner, params ConsentEvent[] others) : IConsentStore
{
    private readonly Queue<ConsentEvent> _others = new(others);

    public async ValueTask<ConsentAppendResult> AppendAsync(UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        if (_others.TryDequeue(out ConsentEvent? other))
        {
            await inner.AppendAsync(userId, [other], null, cancellationToken);
        }

        return await inner.AppendAsync(userId, events, expectedVersion, cancellationToken);
    }

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => inner.ReadAsync(userId, cancellationToken);

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => inner.ForgetAsync(userId, cancellationToken);
}
