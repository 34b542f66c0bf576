using System.Collections.Concurrent;
using PromoRec.Consent;
using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;

namespace PromoRec.PostgreSql.Tests.Conformance;

/// <summary>The stores that a suite has opened, by what it calls: it closes a ledger, and the store behind it must go.</summary>
internal sealed class OpenStores(PostgreSqlOptions options)
{
    private readonly ConcurrentDictionary<object, PostgreSqlStore> _stores = new(ReferenceEqualityComparer.Instance);

    public static ConformanceScale Scale { get; } = Stress.IsFull
        ? new ConformanceScale { Races = 2_000, HistoryOperations = 1_000_000, ReferenceSteps = 20_000, TimeLimit = TimeSpan.FromHours(2) }
        : new ConformanceScale { Attempts = 300, Races = 10, HistoryOperations = 1_000, ReferenceSteps = 200 };

    public IReservationLedger Ledger(TimeProvider? clock)
    {
        PostgreSqlStore store = new(options, clock: clock);
        _stores[store.Ledger] = store;
        return store.Ledger;
    }

    public IConsentStore Consent()
    {
        PostgreSqlStore store = new(options);
        _stores[store.Consent] = store;
        return store.Consent;
    }

    public ValueTask CloseAsync(object part) => _stores.TryRemove(part, out PostgreSqlStore? store) ? store.DisposeAsync() : ValueTask.CompletedTask;
}
