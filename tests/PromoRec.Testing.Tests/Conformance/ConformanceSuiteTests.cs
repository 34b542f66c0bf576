using PromoRec.Consent;
using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Doubles;
using PromoRec.Testing.Tests.Conformance.Broken;

namespace PromoRec.Testing.Tests.Conformance;

public class ConformanceSuiteTests
{
    [Fact]
    public void Every_store_and_channel_of_the_library_and_of_this_package_has_a_suite() =>
        Assert.Empty(ConformanceCoverage.Unproven([typeof(IReservationLedger).Assembly, typeof(ConformanceSuite).Assembly], [typeof(ConformanceSuiteTests).Assembly]));

    [Fact]
    public void A_store_without_a_suite_is_named_with_the_suite_it_lacks()
    {
        IReadOnlyList<string> unproven = ConformanceCoverage.Unproven([typeof(IReservationLedger).Assembly], []);

        Assert.Contains("InMemoryReservationLedger: no suite derives from ReservationLedgerConformance with [Proves(typeof(InMemoryReservationLedger))].", unproven);
        Assert.Contains(unproven, text => text.StartsWith("InMemoryConsentStore:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suite_that_is_given_another_store_than_it_says_fails()
    {
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => new Liar().RunAsync("caps-count-labels", TestContext.Current.CancellationToken));

        Assert.Contains("proves FaultInjectingLedger, but was given InMemoryReservationLedger", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_needs_more_than_the_author_allows_is_skipped_with_the_reason_and_not_passed()
    {
        Bare suite = new();

        ConformanceResult skipped = await suite.RunAsync("clocks-that-go-back-free-nothing", TestContext.Current.CancellationToken);
        ConformanceResult passed = await suite.RunAsync("caps-count-labels", TestContext.Current.CancellationToken);

        Assert.Equal((true, "The store has a clock of its own (StoreAbilities.TakesClock is not set)."), (skipped.IsSkipped, skipped.SkipReason));
        Assert.False(passed.IsSkipped);
        Assert.Equal(suite.Checks.Where(check => check.SkipReason is not null), suite.Skipped);
        Assert.Equal(ReservationLedgerConformance.Names, suite.Checks.Select(check => check.Name));
        Assert.Equal("The store lacks TakesClock, Durable of StoreAbilities.", Closing.MissingOf(StoreAbilities.Shared, StoreAbilities.TakesClock | StoreAbilities.Durable));
    }

    [Fact]
    public async Task A_store_with_its_own_clock_passes_all_that_needs_no_clock()
    {
        Bare suite = new();
        foreach (string name in ReservationLedgerConformance.Names)
        {
            await suite.RunAsync(name, TestContext.Current.CancellationToken);
        }

        Assert.Equal(18, suite.Skipped.Count);
    }

    [Fact]
    public async Task An_ability_without_its_method_is_a_failure_that_says_what_to_override()
    {
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => new Forgetful().RunAsync("nothing-acknowledged-is-lost", TestContext.Current.CancellationToken));

        Assert.IsType<NotSupportedException>(found.InnerException);
        Assert.Contains("Override OpenAgainAsync in Forgetful", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_never_answers_fails_the_check_when_its_time_is_up_and_is_closed()
    {
        SilentLedger silent = new(new InMemoryReservationLedger());
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(
            () => new Slow(silent) { Limit = TimeSpan.FromMilliseconds(50) }.RunAsync("budgets-have-no-order", TestContext.Current.CancellationToken));

        Assert.Equal("budgets-have-no-order", found.Check);
        Assert.Contains("Check 'budgets-have-no-order', seed 1: it had not ended after 00:00:00.0500000: calls wait for each other, or TimeLimit is too short.", found.Message, StringComparison.Ordinal);
        Assert.True(silent.IsDisposed);
    }

    [Fact]
    public async Task A_store_that_holds_its_caller_fails_the_check_after_five_minutes()
    {
        using ManualResetEventSlim block = new();
        HastyTime time = new();
        Slow suite = new(new SilentLedger(new InMemoryReservationLedger(), block)) { Clock = time };
        try
        {
            ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => suite.RunAsync("caps-count-labels", TestContext.Current.CancellationToken));

            Assert.Contains("it had not ended after 00:05:00, nor when it was cancelled:", found.Message, StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromMinutes(5), time.FirstWait);
        }
        finally
        {
            block.Set();
        }
    }

    [Fact]
    public async Task Any_time_may_be_allowed()
    {
        Slow suite = new(new InMemoryReservationLedger()) { Limit = Timeout.InfiniteTimeSpan };

        Assert.False((await suite.RunAsync("caps-count-labels", TestContext.Current.CancellationToken)).IsSkipped);
    }

    [Fact]
    public async Task An_unknown_check_is_refused_with_the_names_there_are()
    {
        ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(() => new Bare().RunAsync("caps-are-nice", TestContext.Current.CancellationToken));

        Assert.Contains("There is no check 'caps-are-nice'. There are: caps-are-exact,", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_a_check_and_is_not_a_failure() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Bare().RunAsync("caps-are-exact", new CancellationToken(canceled: true)));

    [Fact]
    public void Names_are_unique_and_every_promise_is_a_sentence()
    {
        IReadOnlyList<ConformanceCheck>[] suites = [new Bare().Checks, new BareConsent().Checks];

        Assert.All(suites.SelectMany(checks => checks), check => Assert.Matches("^[a-z]+(-[a-z]+)+$", check.Name));
        Assert.All(suites.SelectMany(checks => checks), check => Assert.Matches(@"^[A-Z][^.]+\.$", check.Promise));
        Assert.All(suites, checks => Assert.Equal(checks.Count, checks.Select(check => check.Name).Distinct().Count()));
    }

    private class Bare : ReservationLedgerConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.None;

        protected override ConformanceScale Scale { get; } = new() { Attempts = 500, Races = 20, HistoryOperations = 1000 };

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult<IReservationLedger>(new InMemoryReservationLedger());
    }

    [Proves(typeof(FaultInjectingLedger))]
    private sealed class Liar : Bare;

    private sealed class Slow(IReservationLedger ledger) : Bare
    {
        public TimeSpan? Limit { get; init; }

        public TimeProvider Clock { get; init; } = TimeProvider.System;

        internal override TimeProvider Time => Clock;

        protected override ConformanceScale Scale => Limit is { } limit ? base.Scale with { TimeLimit = limit } : base.Scale;

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult(ledger);
    }

    /// <summary>Waits a ten-thousandth of what it is asked to.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public TimeSpan? FirstWait { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            FirstWait ??= dueTime;
            return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 10_000 : dueTime, period);
        }
    }

    private sealed class Forgetful : Bare
    {
        protected override StoreAbilities Abilities => StoreAbilities.Durable;
    }

    private sealed class BareConsent : ConsentStoreConformance
    {
        protected override StoreAbilities Abilities => StoreAbilities.None;

        protected override ValueTask<IConsentStore> CreateAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IConsentStore>(new InMemoryConsentStore());
    }
}
