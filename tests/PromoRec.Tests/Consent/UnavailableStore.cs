using PromoRec.Consent;

namespace PromoRec.Tests.Consent;

/// <summary>A store that can be read and not written.</summary>
internal sealed class UnavailableStore : IConsentStore
{
    public ValueTask<ConsentAppendResult> AppendAsync(UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default) =>
        throw new LedgerUnavailableException(LedgerFault.ReadOnly, "The test's store is read-only.");

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => ValueTask.FromResult(new ConsentRecord(0, [], false));

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => throw new LedgerUnavailableException(LedgerFault.ReadOnly, "The test's store is read-only.");
}
