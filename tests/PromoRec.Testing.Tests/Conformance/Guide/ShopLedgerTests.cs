using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;
using Xunit;

namespace Shop.Tests;

public class ShopLedgerTests
{
    public static TheoryData<string> Checks => [.. ReservationLedgerConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task The_ledger_keeps(string check)
    {
        ConformanceResult result = await new Suite().RunAsync(check, TestContext.Current.CancellationToken);
        Assert.SkipWhen(result.IsSkipped, result.SkipReason ?? "");
    }

    [Fact]
    public void Only_these_promises_are_not_shown() =>
        Assert.Equal(["instances-see-each-other", "instances-are-exact-together"], new Suite().Skipped.Select(check => check.Name));

    [Proves(typeof(ShopLedger))]
    private sealed class Suite : ReservationLedgerConformance
    {
        private string _name = "";

        protected override StoreAbilities Abilities => StoreAbilities.TakesClock | StoreAbilities.Durable;

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken)
        {
            // Nothing is there yet under a new name.
            _name = Guid.NewGuid().ToString("N");
            return OpenAgainAsync(clock, cancellationToken);
        }

        protected override ValueTask<IReservationLedger> OpenAgainAsync(TimeProvider clock, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReservationLedger>(ShopLedger.Open(_name, clock));
    }
}
