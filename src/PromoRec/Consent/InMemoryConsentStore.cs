using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace PromoRec.Consent;

/// <summary>A consent store that lives as long as the process: for tests and demonstrations. Consent must be provable, so a shop uses a durable store.</summary>
/// <remarks>Any number of threads may call it; operations on one customer have one order.</remarks>
public sealed class InMemoryConsentStore : IConsentStore
{
    private readonly ConcurrentDictionary<UserId, Ledger> _ledgers = new();

    /// <inheritdoc/>
    public ValueTask<ConsentAppendResult> AppendAsync(UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        ConsentEvent[] added = ConsentCheck.ThrowIfInvalid(userId, events);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_ledgers.GetOrAdd(userId, static _ => new Ledger()).Append(added, expectedVersion));
    }

    /// <inheritdoc/>
    public ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_ledgers.TryGetValue(userId, out Ledger? ledger) ? ledger.Read() : new ConsentRecord(0, [], false));
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ConsentCheck.ThrowIfNotACustomer(userId);
        cancellationToken.ThrowIfCancellationRequested();
        _ledgers.GetOrAdd(userId, static _ => new Ledger()).Forget();
        return ValueTask.CompletedTask;
    }

    private sealed class Ledger
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _eventIds = new(StringComparer.Ordinal);
        private ConsentRecord _record = new(0, [], false);

        public ConsentRecord Read()
        {
            lock (_gate)
            {
                return _record;
            }
        }

        public ConsentAppendResult Append(ConsentEvent[] events, long? expectedVersion)
        {
            lock (_gate)
            {
                if (_record.IsErased)
                {
                    return new ConsentAppendResult(ConsentAppendStatus.Erased, _record.Version);
                }

                if (expectedVersion is { } expected && expected != _record.Version)
                {
                    return new ConsentAppendResult(ConsentAppendStatus.VersionMismatch, _record.Version);
                }

                ImmutableArray<ConsentEvent> all = _record.Events.AddRange(events.Where(entry => _eventIds.Add(entry.EventId)));
                _record = new ConsentRecord(all.Length, all, false);
                return new ConsentAppendResult(ConsentAppendStatus.Appended, _record.Version);
            }
        }

        public void Forget()
        {
            lock (_gate)
            {
                _eventIds.Clear();
                _record = new ConsentRecord(_record.Version, [], true);
            }
        }
    }
}
