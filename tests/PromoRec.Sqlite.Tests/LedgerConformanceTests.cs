using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;

namespace PromoRec.Sqlite.Tests;

public sealed class LedgerConformanceTests
{
    public static TheoryData<string> Checks => [.. ReservationLedgerConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_ledger(string check)
    {
        await using Suite suite = new();
        Assert.Null((await suite.RunAsync(check, TestContext.Current.CancellationToken)).SkipReason);
    }

    [Fact]
    public void No_store_goes_without_its_suite() => Assert.Empty(ConformanceCoverage.Unproven([typeof(SqliteStore).Assembly], [GetType().Assembly]));

    [Proves(typeof(SqliteReservationLedger))]
    private sealed class Suite : ReservationLedgerConformance, IAsyncDisposable
    {
        private readonly ConformanceStore _store = new();

        protected override StoreAbilities Abilities => ConformanceStore.Abilities;

        protected override ConformanceScale Scale => ConformanceStore.Scale;

        public ValueTask DisposeAsync() => _store.DisposeAsync();

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult(_store.Create(store => store.Ledger, clock));

        protected override ValueTask<IReservationLedger> OpenAgainAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult(_store.OpenAgain(store => store.Ledger, clock));

        protected override ValueTask CloseAsync(IReservationLedger ledger) => _store.CloseAsync(ledger);
    }
}
