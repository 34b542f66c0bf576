using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;

namespace PromoRec.Testing.Tests.Conformance;

public class InMemoryReservationLedgerConformanceTests
{
    public static TheoryData<string> Checks => [.. ReservationLedgerConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_ledger(string check) => await new Suite().RunOrSkipAsync(check);

    [Fact]
    public void Only_what_needs_a_durable_or_shared_store_is_skipped() =>
        Assert.Equal(["nothing-acknowledged-is-lost", "instances-see-each-other", "instances-are-exact-together"], new Suite().Skipped.Select(check => check.Name));

    [Proves(typeof(InMemoryReservationLedger))]
    private sealed class Suite : ReservationLedgerConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.TakesClock;

        protected override ConformanceScale Scale => StressScale.Scale;

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReservationLedger>(new InMemoryReservationLedger(timeProvider: clock));
    }
}
