using PromoRec.Consent;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken in one small way that a test chooses.</summary>
internal sealed class TwistedConsentStore(IConsentStore inner) : IConsentStore
{
    private int _appends;

    public bool IgnoresVersions { get; init; }

    public bool ChecksThenActs { get; init; }

    public bool NeverRecognizes { get; init; }

    public bool SortsByTime { get; init; }

    public bool LosesEvidence { get; init; }

    public bool LosesSecondEvents { get; init; }

    public bool FoldsCase { get; init; }

    public bool KeepsErased { get; init; }

    public bool AppendsTheImpossible { get; init; }

    public async ValueTask<ConsentAppendResult> AppendAsync(UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        int append = Interlocked.Increment(ref _appends);
        IEnumerable<ConsentEvent> kept = LosesSecondEvents ? events.Take(1) : events;
        kept = NeverRecognizes ? kept.Select((entry, i) => entry with { EventId = $"{append}-{i}" }) : kept;
        kept = LosesEvidence ? kept.Select(entry => entry with { TextHash = null }) : kept;
        if (ChecksThenActs && expectedVersion is { } expected)
        {
            ConsentRecord record = await inner.ReadAsync(Fold(userId), cancellationToken);
            await Task.Delay(20, cancellationToken);
            return record.Version == expected ? await inner.AppendAsync(Fold(userId), [.. kept], null, cancellationToken) : new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, record.Version);
        }

        kept = AppendsTheImpossible ? kept.Where(entry => !string.IsNullOrWhiteSpace(entry.EventId)) : kept;
        return await inner.AppendAsync(Fold(userId), [.. kept], IgnoresVersions ? null : expectedVersion, cancellationToken);
    }

    public async ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentRecord record = await inner.ReadAsync(Fold(userId), cancellationToken);
        return SortsByTime ? record with { Events = [.. record.Events.OrderBy(entry => entry.At)] } : record;
    }

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => KeepsErased ? ValueTask.CompletedTask : inner.ForgetAsync(Fold(userId), cancellationToken);

    private UserId Fold(UserId userId) => FoldsCase ? new UserId(userId.ToString().ToUpperInvariant()) : userId;
}
