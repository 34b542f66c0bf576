using PromoRec.Push.Ledger;
using PromoRec.Testing.Doubles;

namespace PromoRec.Testing.Tests.Doubles;

public class FaultInjectingLedgerTests
{
    private static readonly LedgerLabel All = LedgerLabel.Of("counted", "");
    private readonly InMemoryReservationLedger _inner = new();

    [Fact]
    public async Task A_failure_before_leaves_nothing_and_one_after_leaves_all()
    {
        FaultInjectingLedger before = new(_inner, new LedgerFaults { Before = 1, Fault = LedgerFault.Locked });
        FaultInjectingLedger after = new(_inner, new LedgerFaults { After = 1, Fault = LedgerFault.TimedOut });

        LedgerUnavailableException first = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await before.TryReserveAsync(Request("key")));
        Assert.Equal(LedgerFault.Locked, first.Fault);
        Assert.Empty((await _inner.ReadAsync(1)).Entries);

        LedgerUnavailableException second = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await after.TryReserveAsync(Request("key")));
        Assert.Equal(LedgerFault.TimedOut, second.Fault);
        Assert.Single((await _inner.ReadAsync(1)).Entries);
        Assert.Equal((1, 0, 0, 1), (before.FailedBefore, before.FailedAfter, after.FailedBefore, after.FailedAfter));
    }

    [Fact]
    public async Task Every_call_fails_while_it_is_unavailable_and_none_afterwards()
    {
        FaultInjectingLedger ledger = new(_inner, new LedgerFaults()) { IsUnavailable = true };
        Func<Task>[] calls =
        [
            async () => await ledger.TryReserveAsync(Request("key")),
            async () => await ledger.TryReserveAsync([Request("key")]),
            async () => await ledger.SettleAsync(1, "key", Settlement.Commit),
            async () => await ledger.RefundAsync(1, "key", "refund", [new BudgetRefund("coupons", 1)]),
            async () => await ledger.ReadAsync(1),
            async () => await ledger.ReadBudgetsAsync([new BudgetName("coupons", "")]),
            async () => await ledger.CancelAsync(new Cancellation(1, 0, [])),
            async () => await ListAsync(ledger),
            async () => await ledger.ForgetAsync(2),
        ];
        foreach (Func<Task> call in calls)
        {
            await Assert.ThrowsAsync<LedgerUnavailableException>(call);
        }

        Assert.False((await _inner.ReadAsync(2)).IsErased);
        ledger.IsUnavailable = false;
        foreach (Func<Task> call in calls)
        {
            await call();
        }

        Assert.Equal(calls.Length, ledger.FailedBefore);

        static async Task ListAsync(FaultInjectingLedger ledger)
        {
            await foreach (Reservation _ in ledger.ReadUncertainAsync())
            {
                Assert.Fail("Nothing is uncertain.");
            }
        }
    }

    [Fact]
    public async Task Equal_seeds_fail_at_the_same_calls()
    {
        LedgerFaults faults = new() { Before = 0.3, After = 0.3, Seed = 7 };

        string first = await FateAsync(new FaultInjectingLedger(new InMemoryReservationLedger(), faults));
        Assert.Equal(first, await FateAsync(new FaultInjectingLedger(new InMemoryReservationLedger(), faults)));
        Assert.NotEqual(first, await FateAsync(new FaultInjectingLedger(new InMemoryReservationLedger(), faults with { Seed = 8 })));
        Assert.InRange(first.Count(fate => fate == 'x'), 60, 140);
    }

    [Fact]
    public async Task A_caller_that_repeats_with_the_same_key_takes_one_place_however_it_fails()
    {
        FaultInjectingLedger ledger = new(_inner, new LedgerFaults { Before = 0.3, After = 0.3 });
        for (int i = 0; i < 50; i++)
        {
            ReservationResult? result = null;
            while (result is null)
            {
                try
                {
                    result = await ledger.TryReserveAsync(Request($"key {i}"));
                }
                catch (LedgerUnavailableException)
                {
                }
            }

            Assert.True(result.IsHeld);
        }

        Assert.Equal(50, (await _inner.ReadAsync(1)).Entries.Length);
        Assert.True(ledger is { FailedBefore: > 5, FailedAfter: > 5 });
    }

    [Fact]
    public async Task Calls_wait_no_longer_than_they_may_and_can_be_cancelled_while_they_wait()
    {
        FaultInjectingLedger late = new(_inner, new LedgerFaults { MaxDelay = TimeSpan.FromMilliseconds(5) });
        Assert.True((await late.TryReserveAsync(Request("late"))).IsHeld);

        FaultInjectingLedger later = new(_inner, new LedgerFaults { MaxDelay = TimeSpan.FromDays(1) });
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await later.TryReserveAsync(Request("never"), cancellation.Token));
        Assert.Single((await _inner.ReadAsync(1)).Entries);
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(0, 1.1, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, 0, -1)]
    public void Faults_out_of_range_are_refused(double before, double after, int seconds) =>
        Assert.Throws<ArgumentException>(() => new FaultInjectingLedger(_inner, new LedgerFaults { Before = before, After = after, MaxDelay = TimeSpan.FromSeconds(seconds) }));

    private static ReservationRequest Request(string key) => new() { UserId = 1, Key = key, Labels = [All] };

    private static async Task<string> FateAsync(FaultInjectingLedger ledger)
    {
        char[] fates = new char[200];
        for (int i = 0; i < fates.Length; i++)
        {
            try
            {
                await ledger.ReadAsync(1);
                fates[i] = '.';
            }
            catch (LedgerUnavailableException)
            {
                fates[i] = 'x';
            }
        }

        return new string(fates);
    }
}
