using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Callers_who_wait_at_the_same_time_share_a_commit()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.WorksAsync();
        Task<ReservationResult>[] calls = [.. Enumerable.Range(0, 2000).Select(i => store.Ledger.TryReserveAsync(Sends.Of($"customer {i}", "key")).AsTask())];
        await Task.WhenAll(calls);

        // All operations of a batch have one time; with the system's clock there are as many times as batches.
        int batches = calls.Select(call => call.Result.LedgerTime).Distinct().Count();
        Assert.InRange(batches, 2000 / 512, 200);
    }

    [Fact]
    public async Task Nothing_is_answered_before_others_can_see_it()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await using SqliteStore other = folder.Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (int i = 0; i < 50; i++)
            {
                UserId userId = $"customer {worker}-{i}";
                await store.Ledger.TryReserveAsync(Sends.Of(userId, "key"));
                Assert.Single((await other.Ledger.ReadAsync(userId)).Entries);
                Assert.Single((await store.Ledger.ReadAsync(userId)).Entries);
            }
        }));
    }

    [Fact]
    public async Task Requests_of_one_customer_in_one_batch_see_each_other()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();

        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 10).Select(i => Sends.Of("customer", $"key {i}"))]);

        Assert.Equal(3, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.Equal(7, results.Count(result => result.Status == ReservationStatus.Refused));
    }

    [Fact]
    public async Task A_list_that_is_longer_than_a_batch_is_answered_in_its_order()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.MaxBatch = 7);

        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 100).Select(i => Sends.Of($"customer {i}", $"key {i}"))]);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"key {i}"), results.Select(result => result.Reservation!.Key));
        Assert.Empty(await store.Ledger.TryReserveAsync([]));
    }

    [Fact]
    public async Task More_than_may_wait_fail_at_once_and_say_so()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.MaxWaiting = 10);
        await store.WorksAsync();
        List<Task<ReservationResult>> calls = [];
        using (Blockade.Of(folder))
        {
            while (calls.Count == 0 || !calls[^1].IsFaulted)
            {
                calls.Add(store.Ledger.TryReserveAsync(Sends.Of($"customer {calls.Count}", "key")).AsTask());
            }
        }

        LedgerUnavailableException crowded = await Assert.ThrowsAsync<LedgerUnavailableException>(() => calls[^1]);
        Assert.Equal(LedgerFault.TimedOut, crowded.Fault);
        Assert.Contains("10 operations wait", crowded.Message, StringComparison.Ordinal);

        // The others were only slow.
        Assert.All(await Task.WhenAll(calls[..^1]), result => Assert.Equal(ReservationStatus.Granted, result.Status));
        await store.WorksAsync();
    }

    [Fact]
    public async Task Cancelling_stops_the_waiting_and_not_the_operation()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.WorksAsync();
        using CancellationTokenSource cancelled = new();
        Task<ReservationResult> call;
        using (Blockade.Of(folder))
        {
            call = store.Ledger.TryReserveAsync(Sends.Of("patient", "key"), cancelled.Token).AsTask();
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        await store.WorksAsync();
        Assert.Single((await store.Ledger.ReadAsync("patient")).Entries);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Ledger.TryReserveAsync(Sends.Of("patient", "later"), cancelled.Token));
        Assert.Single((await store.Ledger.ReadAsync("patient")).Entries);
    }
}
