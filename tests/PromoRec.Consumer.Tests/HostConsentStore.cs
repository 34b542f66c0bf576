using PromoRec.Consent;

namespace PromoRec.Consumer.Tests;

/// <summary>A store of consent of the host: it counts, and leaves the rest to the one in memory.</summary>
internal sealed class HostConsentStore : IConsentStore
{
    private readonly InMemoryConsentStore _inner = new();

    public int Appends { get; private set; }

    public ValueTask<ConsentAppendResult> AppendAsync(
        UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        Appends++;
        return _inner.AppendAsync(userId, events, expectedVersion, cancellationToken);
    }

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => _inner.ReadAsync(userId, cancellationToken);

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => _inner.ForgetAsync(userId, cancellationToken);
}
