using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

/// <summary>Whatever is wrong with the file, the caller is told what and what to do, and the same store works when it is put right.</summary>
public sealed class UnusableFileTests
{
    [Fact]
    public async Task A_folder_that_is_missing_is_named_and_the_store_works_once_it_is_there()
    {
        using StoreFolder folder = new();
        string missing = Path.Combine(folder.Folder, "missing");
        await using SqliteStore store = folder.Open(configure: options => options.Path = Path.Combine(missing, "store.db"));

        Assert.Contains($"there is no folder '{missing}'", (await store.FailsAsync(LedgerFault.Unreachable)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(missing);

        await store.WorksAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        using StoreFolder folder = new();
        byte[] content = [.. Enumerable.Repeat((byte)'x', 5000)];
        await File.WriteAllBytesAsync(folder.File, content);
        await using SqliteStore store = folder.Open();

        Assert.Contains("is not a SQLite database", (await store.FailsAsync(LedgerFault.IncompatibleSchema)).Message, StringComparison.Ordinal);

        Assert.Equal(content, await File.ReadAllBytesAsync(folder.File));
        File.Delete(folder.File);
        await store.WorksAsync();
    }

    [Fact]
    public async Task A_database_of_somebody_else_is_left_alone()
    {
        using StoreFolder folder = new();
        folder.Sql("CREATE TABLE invoices (id)");
        byte[] content = await File.ReadAllBytesAsync(folder.File);
        await using SqliteStore store = folder.Open();

        Assert.Contains("of something else (application id 0)", (await store.FailsAsync(LedgerFault.IncompatibleSchema)).Message, StringComparison.Ordinal);

        Assert.Equal(content, await File.ReadAllBytesAsync(folder.File));
    }

    [Fact]
    public async Task An_empty_file_is_taken()
    {
        using StoreFolder folder = new();
        await File.WriteAllBytesAsync(folder.File, []);
        await using SqliteStore store = folder.Open();

        await store.WorksAsync();
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_numbers_also_when_it_comes_while_the_file_is_open()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.WorksAsync();

        folder.Sql("PRAGMA user_version = 99");

        LedgerUnavailableException exception = await store.FailsAsync(LedgerFault.IncompatibleSchema);
        Assert.Contains("has schema 99, but this version knows schemas up to 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(PromoRecErrorCode.IncompatibleStore, exception.Code);
        Assert.Equal(LedgerFault.IncompatibleSchema, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadAsync("customer"))).Fault);
        await using (SqliteStore another = folder.Open())
        {
            await another.FailsAsync(LedgerFault.IncompatibleSchema);
        }

        folder.Sql("PRAGMA user_version = 1");
        await store.WorksAsync();
    }

    [Fact]
    public async Task A_file_that_another_process_holds_is_locked_until_it_lets_go()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.BusyTimeout = TimeSpan.FromMilliseconds(50));
        await store.WorksAsync();
        using (Blockade.Of(folder))
        {
            Assert.Contains("for longer than 0.05 s", (await store.FailsAsync(LedgerFault.Locked)).Message, StringComparison.Ordinal);

            // Who only reads is not in anybody's way.
            Assert.Single((await store.Ledger.ReadAsync("customer")).Entries);
        }

        await store.WorksAsync();
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_missed_and_not_replaced_by_one_that_has_forgotten_everything()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.WorksAsync();
        string away = folder.File + ".away";
        File.Move(folder.File, away);

        Assert.Contains("was there before and is gone", (await store.FailsAsync(LedgerFault.Unreachable)).Message, StringComparison.Ordinal);
        await store.FailsAsync(LedgerFault.Unreachable);
        Assert.False(File.Exists(folder.File));

        File.Move(away, folder.File);
        await store.WorksAsync();
    }

    [Fact]
    public async Task A_file_that_was_replaced_while_it_was_open_is_noticed_and_the_other_one_is_not_used()
    {
        using StoreFolder folder = new();
        string backup = folder.File + ".backup";
        await using (SqliteStore store = folder.Open())
        {
            await store.WorksAsync();
            folder.Sql($"VACUUM INTO '{backup}'");
            await store.WorksAsync();
            File.Move(backup, folder.File, overwrite: true);

            Assert.Contains("Another file has been put in the place", (await store.FailsAsync(LedgerFault.Unreachable)).Message, StringComparison.Ordinal);
            await store.FailsAsync(LedgerFault.Unreachable);
            Assert.Equal(LedgerFault.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadAsync("customer"))).Fault);
        }

        File.Delete(folder.File + "-wal");
        File.Delete(folder.File + "-shm");
        await using SqliteStore anew = folder.Open();
        Assert.Single((await anew.Ledger.ReadAsync("customer")).Entries);
        await anew.WorksAsync();
    }

    [Fact]
    public async Task A_reader_alone_notices_that_the_file_was_replaced()
    {
        using StoreFolder folder = new();
        string backup = folder.File + ".backup";
        await using SqliteStore store = folder.Open();
        await store.WorksAsync();
        folder.Sql($"VACUUM INTO '{backup}'");
        File.Move(backup, folder.File, overwrite: true);

        Assert.Equal(LedgerFault.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadAsync("customer"))).Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_must_exist_is_not_made(bool isEmpty)
    {
        using StoreFolder folder = new();
        if (isEmpty)
        {
            await File.WriteAllBytesAsync(folder.File, []);
        }

        await using SqliteStore store = folder.Open(configure: options => options.MustExist = true);
        Assert.Contains("MustExist", (await store.FailsAsync(LedgerFault.Unreachable)).Message, StringComparison.Ordinal);
        await store.FailsAsync(LedgerFault.Unreachable);
        Assert.Equal(isEmpty, File.Exists(folder.File));

        await using (SqliteStore maker = folder.Open())
        {
            await maker.WorksAsync();
        }

        await store.WorksAsync();
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_hides_nobody_elses_uncertain_sends()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        foreach (string customer in (string[])["one", "damaged", "two"])
        {
            await store.Ledger.TryReserveAsync(Sends.Of(customer, "key"));
            await store.Ledger.SettleAsync(customer, "key", Settlement.Uncertain);
        }

        folder.Sql("UPDATE account SET state = x'01FFFFFFFF' WHERE customer = 'damaged'");

        List<UserId> listed = [];
        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
        {
            await foreach (Reservation reservation in store.Ledger.ReadUncertainAsync())
            {
                listed.Add(reservation.UserId);
            }
        });

        Assert.Equal(LedgerFault.Corrupt, fault.Fault);
        Assert.Equal(["one", "two"], listed.Order());
    }

    [Fact]
    public async Task A_damaged_file_is_corrupt()
    {
        using StoreFolder folder = new();
        await using (SqliteStore store = folder.Open())
        {
            await store.WorksAsync();
        }

        byte[] content = await File.ReadAllBytesAsync(folder.File);
        content.AsSpan(4096).Fill(0xFF);
        await File.WriteAllBytesAsync(folder.File, content);
        await using SqliteStore damaged = folder.Open();

        await damaged.FailsAsync(LedgerFault.Corrupt);
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_fails_its_own_customer_and_nobody_who_shares_the_commit()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.Ledger.TryReserveAsync(Sends.Of("damaged", "first"));
        folder.Sql("UPDATE account SET state = x'01FFFFFFFF' WHERE customer = 'damaged'");

        Task<ReservationResult>[] calls = [.. Enumerable.Range(0, 200).Select(i => store.Ledger.TryReserveAsync(Sends.Of(i % 50 == 7 ? "damaged" : $"customer {i}", "key")).AsTask())];
        await Task.WhenAny(Task.WhenAll(calls));

        Assert.Equal(4, calls.Count(call => call.Exception?.InnerException is LedgerUnavailableException { Fault: LedgerFault.Corrupt }));
        Assert.Equal(196, calls.Count(call => call.IsCompletedSuccessfully && call.Result.Status == ReservationStatus.Granted));
    }

    [Fact]
    public async Task A_store_that_was_closed_says_so_and_has_answered_what_was_waiting()
    {
        using StoreFolder folder = new();
        SqliteStore store = folder.Open();
        Task<ReservationResult>[] waiting = [.. Enumerable.Range(0, 3000).Select(i => store.Ledger.TryReserveAsync(Sends.Of($"customer {i}", "key")).AsTask())];

        await store.DisposeAsync();

        Assert.All(waiting, call => Assert.True(call.IsCompletedSuccessfully));
        await store.FailsAsync(LedgerFault.Closed);
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadAsync("customer 1"));
        await store.DisposeAsync();
        await using SqliteStore again = folder.Open();
        Assert.Equal(3000L, folder.Sql("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task Closing_without_waiting_asynchronously_answers_what_was_waiting_too()
    {
        using StoreFolder folder = new();
        SqliteStore store = folder.Open();
        Task<ReservationResult> waiting = store.Ledger.TryReserveAsync(Sends.Of("customer", "key")).AsTask();

        store.Dispose();

        Assert.Equal(ReservationStatus.Granted, (await waiting).Status);
        store.Dispose();
        await store.FailsAsync(LedgerFault.Closed);
    }

    [Fact]
    public async Task A_store_that_was_never_used_closes_without_making_a_file()
    {
        using StoreFolder folder = new();
        await folder.Open().DisposeAsync();
        folder.Open().Dispose();

        Assert.False(File.Exists(folder.File));
    }
}
