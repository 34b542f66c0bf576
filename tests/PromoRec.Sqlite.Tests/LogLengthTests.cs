using Microsoft.Data.Sqlite;

namespace PromoRec.Sqlite.Tests;

public sealed class LogLengthTests
{
    private const long MaxLogBytes = 1 << 20;

    [Fact]
    public async Task Readers_that_never_pause_do_not_let_the_log_grow_without_end()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.MaxLogBytes = MaxLogBytes);
        await store.WorksAsync();
        using CancellationTokenSource end = new();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(i => Task.Run(() => ReadAgainAndAgain(folder, delay: i * 15, end.Token)))];
        long longest = 0;
        for (int i = 0; i < Stress.Times(40, 1000); i++)
        {
            await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 200).Select(customer => Sends.Of($"customer {i}-{customer}", "key"))]);
            longest = Math.Max(longest, new FileInfo(folder.File + "-wal").Length);
        }

        await end.CancelAsync();
        await Task.WhenAll(readers);

        // Once over the mark it is emptied; what one batch adds comes on top.
        Assert.InRange(longest, MaxLogBytes, 3 * MaxLogBytes);
    }

    [Fact]
    public async Task A_reader_that_never_ends_slows_nobody_down_for_long_and_once_it_has_gone_the_log_is_emptied()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.MaxLogBytes = MaxLogBytes);
        await store.WorksAsync();
        using (SqliteConnection reader = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ConnectionString))
        {
            reader.Open();
            using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            Count(reader, transaction);
            for (int i = 0; i < 20; i++)
            {
                await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 200).Select(customer => Sends.Of($"customer {i}-{customer}", "key"))]);
            }

            Assert.True(new FileInfo(folder.File + "-wal").Length > MaxLogBytes);
        }

        // It rests after a second; the next second it has emptied the log.
        for (int tries = 0; tries < 100 && new FileInfo(folder.File + "-wal").Length > 0; tries++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(0, new FileInfo(folder.File + "-wal").Length);
    }

    private static void ReadAgainAndAgain(StoreFolder folder, int delay, CancellationToken end)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ConnectionString);
        connection.Open();
        while (!end.IsCancellationRequested)
        {
            // The next one begins before this one ends.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            Count(connection, transaction);
            end.WaitHandle.WaitOne(30 + delay);
        }
    }

    private static void Count(SqliteConnection connection, SqliteTransaction transaction)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT count(*) FROM account";
        command.ExecuteScalar();
    }
}
