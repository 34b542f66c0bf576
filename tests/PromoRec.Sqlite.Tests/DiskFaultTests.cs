using PromoRec.StoreProbe;

namespace PromoRec.Sqlite.Tests;

/// <summary>The disk fails at exact system calls, once or for a while: the caller sees a typed failure, nothing acknowledged is lost, and the store goes on by itself.</summary>
public sealed class DiskFaultTests
{
    [Fact]
    public Task A_write_that_fails_is_an_unreachable_store_until_it_works() => FailAtEachAsync("pwrite64", "EIO", LedgerFault.Unreachable, last: 300, length: 1);

    [Fact]
    public Task A_disk_that_is_full_is_a_full_store_until_there_is_space() => FailAtEachAsync("pwrite64", "ENOSPC", LedgerFault.Full, last: 300, length: 1);

    [Fact]
    public Task A_disk_that_stays_full_is_a_full_store_until_there_is_space() => FailAtEachAsync("pwrite64", "ENOSPC", LedgerFault.Full, last: 300, length: 25);

    [Fact]
    public Task A_sync_that_fails_is_an_unreachable_store_until_it_works() => FailAtEachAsync("fsync", "EIO", LedgerFault.Unreachable, last: 40, length: 1);

    [Fact]
    public Task A_disk_that_stays_broken_is_an_unreachable_store_until_it_works() => FailAtEachAsync("fsync", "EIO", LedgerFault.Unreachable, last: 40, length: 10);

    [Fact]
    public async Task A_file_that_must_not_be_written_is_a_read_only_store_until_it_may()
    {
        Strace.Need();
        using StoreFolder folder = new();
        await using (SqliteStore store = folder.Open())
        {
            await store.WorksAsync();
        }

        // Refused once, SQLite opens the file for reading only; the next connection may write.
        LifeRun run = new(folder, seed: 1);
        using ProbeProcess process = run.Start(count: 12, Strace.Inject(folder.File, "openat", "error=EROFS", "1"));

        Assert.Empty(await run.EndAsync(process));
        Assert.True(run.Log.IsComplete);
        Assert.Equal([nameof(LedgerFault.ReadOnly)], run.Log.Failures.Keys);
    }

    private static async Task FailAtEachAsync(string call, string error, LedgerFault expected, int last, int length)
    {
        Strace.Need();
        List<string> faults = [];
        Dictionary<string, int> failures = [];
        for (int n = 1; n <= last; n += Stress.Times(last / 2, 1))
        {
            using StoreFolder folder = new();
            LifeRun run = new(folder, seed: n);
            using ProbeProcess process = run.Start(count: 12, Strace.Inject(folder.File, call, $"error={error}", $"{n}..{n + length - 1}"));
            faults.AddRange((await run.EndAsync(process)).Select(fault => $"{call} {n}: {fault}"));
            Assert.True(run.Log.IsComplete, $"The child did not go on after {error} at {call} {n}.");
            foreach ((string fault, int count) in run.Log.Failures)
            {
                failures[fault] = failures.GetValueOrDefault(fault) + count;
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));

        // What fails while the log is written back fails nobody. Of a file for shared memory that cannot grow, SQLite does not say why.
        Assert.Contains(expected.ToString(), failures.Keys);
        Assert.Empty(failures.Keys.Except([expected.ToString(), nameof(LedgerFault.Unreachable)]));
    }
}
