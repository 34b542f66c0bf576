using System.Collections.Concurrent;
using PromoRec.Consent;

namespace PromoRec.Tests.Push;

/// <summary>A consent store that holds what a test puts into it.</summary>
internal sealed class ConsentStub : IConsentStore
{
    private readonly ConcurrentDictionary<UserId, ConsentRecord> _records = new();

    /// <summary>Thrown by every call while it is set.</summary>
    public LedgerUnavailableException? Fault { get; set; }

    public ConsentRecord this[UserId userId]
    {
        get => _records.GetValueOrDefault(userId, new ConsentRecord(0, [], false));
        set => _records[userId] = value;
    }

    public ValueTask<ConsentAppendResult> AppendAsync(
        UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        ConsentRecord before = this[userId];
        this[userId] = before with { Version = before.Version + events.Count, Events = before.Events.AddRange(events) };
        return ValueTask.FromResult(new ConsentAppendResult(ConsentAppendStatus.Appended, this[userId].Version));
    }

    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default) =>
        Fault is null ? ValueTask.FromResult(this[userId]) : throw Fault;

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        this[userId] = new ConsentRecord(0, [], true);
        return ValueTask.CompletedTask;
    }
}
