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

    [Proves(typeof(FaultInjectingLedger))]
    private sealed class Suite : ReservationLedgerConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.TakesClock;

        protected override ConformanceScale Scale { get; } = new() { Attempts = 1000, Races = 20, HistoryOperations = 2000, ReferenceSteps = 500 };

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReservationLedger>(new FaultInjectingLedger(new InMemoryReservationLedger(timeProvider: clock), new LedgerFaults()));
    }
}
