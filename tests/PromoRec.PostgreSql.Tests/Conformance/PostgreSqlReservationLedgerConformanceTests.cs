using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;

namespace PromoRec.PostgreSql.Tests.Conformance;

public class PostgreSqlReservationLedgerConformanceTests(SharedServer shared)
{
    /// <summary>What cannot be shown with the clock of the database, which no test can move.</summary>
    private static readonly string[] NeedAClock =
    [
        "expired-carts-of-others-are-free", "rolling-windows-end-exactly", "fixed-windows-hold", "places-end-with-their-fixed-window",
        "places-end-at-their-last-instant", "handing-over-has-its-time", "expired-sends-stay-counted", "expired-carts-are-given-back", "committed-places-never-expire",
        "begun-sends-become-uncertain", "old-sends-are-remembered-for-life", "clocks-that-go-back-free-nothing", "clocks-that-come-back-free-nothing",
        "ledger-time-is-the-ledgers", "answers-are-the-references",
    ];

    public static TheoryData<string> Checks => [.. ReservationLedgerConformance.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_every_promise_of_a_ledger(string check) =>
        Assert.False((await new Suite(shared.Options(), takesClock: true).RunAsync(check, TestContext.Current.CancellationToken)).IsSkipped);

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task With_the_clock_of_the_database_it_keeps_every_promise_that_can_be_shown_without_moving_it(string check)
    {
        ConformanceResult result = await new Suite(shared.Options(), takesClock: false).RunAsync(check, TestContext.Current.CancellationToken);
        Assert.Equal(NeedAClock.Contains(check), result.IsSkipped);
        Assert.SkipWhen(result.IsSkipped, "Needs a clock that can be moved; shown with one above.");
    }

    [Fact]
    public void Only_what_needs_a_clock_that_can_be_moved_is_skipped() => Assert.Equal(NeedAClock, new Suite(shared.Options(), takesClock: false).Skipped.Select(check => check.Name));

    [Proves(typeof(PostgreSqlReservationLedger))]
    private sealed class Suite(PostgreSqlOptions options, bool takesClock) : ReservationLedgerConformance
    {
        private readonly OpenStores _stores = new(options);

        protected override StoreAbilities Abilities => StoreAbilities.Durable | StoreAbilities.Shared | (takesClock ? StoreAbilities.TakesClock : StoreAbilities.None);

        protected override ConformanceScale Scale => OpenStores.Scale;

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult(_stores.Ledger(takesClock ? clock : null));

        protected override ValueTask<IReservationLedger> OpenAgainAsync(TimeProvider clock, CancellationToken cancellationToken) => CreateAsync(clock, cancellationToken);

        protected override ValueTask CloseAsync(IReservationLedger ledger) => _stores.CloseAsync(ledger);
    }
}
