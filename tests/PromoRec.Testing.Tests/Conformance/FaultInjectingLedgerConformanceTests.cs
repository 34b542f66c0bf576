using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Doubles;

namespace PromoRec.Testing.Tests.Conformance;

public class FaultInjectingLedgerConformanceTests
{
    public static TheoryData<string> Checks => [.. ReservationLedgerConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task Without_faults_it_keeps_every_promise_of_the_ledger_behind_it(string check) => await new Suite().RunOrSkipAsync(check);

    [Fact]
    public void Only_what_needs_a_durable_or_shared_store_is_skipped() =>
        Assert.Equal(["nothing-acknowledged-is-lost", "instances-see-each-other", "instances-are-exact-together"], new Suite().Skipped.Select(check => check.Name));

    [Proves(typeof(FaultInjectingLedger))]
    private sealed class Suite : ReservationLedgerConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.TakesClock;

        protected override ConformanceScale Scale { get; } = new() { Attempts = 1000, Races = 20, HistoryOperations = 2000, ReferenceSteps = 500 };

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReservationLedger>(new FaultInjectingLedger(new InMemoryReservationLedger(timeProvider: clock), new LedgerFaults()));
    }
}
