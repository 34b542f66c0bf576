using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

public sealed class ErasureTests
{
    [Fact]
    public async Task After_compacting_an_erased_customer_is_in_no_byte_of_the_file_or_its_log()
    {
        using StoreFolder folder = new();
        Random random = new(8);
        string[] ids = [.. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"person-{i:d4}-{random.Next():x8}"))];
        await using SqliteStore store = folder.Open();

        // Accounts grow, move between pages, shrink, and leave the indexes of what is due, in every order.
        for (int round = 0; round < 8; round++)
        {
            random.Shuffle(ids);
            await store.Ledger.TryReserveAsync([.. ids.Select(id => Sends.Of(id, $"key-of-{id}-{round}", limit: 100) with { TimeToLive = TimeSpan.FromMinutes(random.Next(1, 1000)) })]);
            await Task.WhenAll(ids.Select(id => store.Ledger.SettleAsync(id, $"key-of-{id}-{round}", (Settlement)random.Next(4)).AsTask()));
            await Task.WhenAll(ids.Select(id => store.Consent.AppendAsync(id, [EventOf($"event-of-{id}-{round}")]).AsTask()));
        }

        string[] erased = ids[..200];
        await Task.WhenAll(erased.Select(id => store.Ledger.ForgetAsync(id).AsTask()));
        await Task.WhenAll(erased.Select(id => store.Consent.ForgetAsync(id).AsTask()));

        // Rows that SQLite moves from page to page leave copies behind in unused space, also of customers who are erased later.
        await store.CompactAsync();

        // A copy, because reading the file itself would let go of the locks that this process holds on it.
        string bytes = await ContentAsync(folder);
        Assert.DoesNotContain(erased, id => bytes.Contains(id, StringComparison.Ordinal));
        Assert.All(ids[200..], id => Assert.Contains(id, bytes, StringComparison.Ordinal));
        Assert.True((await store.Ledger.ReadAsync(erased[0])).IsErased);
    }

    [Fact]
    public async Task Erasing_leaves_no_row_and_no_log_without_compacting()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.Ledger.TryReserveAsync(Sends.Of("person-4711", "key"));
        await store.Consent.AppendAsync("person-4711", [EventOf("event")]);
        await store.Ledger.ForgetAsync("person-4711");
        await store.Consent.ForgetAsync("person-4711");

        Assert.DoesNotContain("person-4711", await ContentAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compacting_waits_for_nobody_who_reads_and_says_when_somebody_writes()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(configure: options => options.BusyTimeout = TimeSpan.FromMilliseconds(50));
        await store.Ledger.TryReserveAsync(Sends.Of("ann", "key"));
        await store.CompactAsync();
        using (SqliteConnection writer = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ConnectionString))
        {
            writer.Open();
            using SqliteTransaction transaction = writer.BeginTransaction();
            LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.CompactAsync());
            Assert.Equal(LedgerFault.Locked, fault.Fault);
        }

        await store.CompactAsync();
        Assert.Equal("key", Assert.Single((await store.Ledger.ReadAsync("ann")).Entries).Key);
    }

    [Fact]
    public async Task A_reader_in_the_way_keeps_an_erased_customer_in_the_log_no_longer_than_it_reads_also_in_a_store_that_never_rests()
    {
        const string Id = "person-4711";
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open();
        await store.Ledger.TryReserveAsync(Sends.Of(Id, "key"));
        using (SqliteConnection reader = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ConnectionString))
        {
            reader.Open();
            using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            using SqliteCommand command = reader.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM account";
            command.ExecuteScalar();
            await store.Ledger.ForgetAsync(Id);
            Assert.Contains(Id, await ContentAsync(folder), StringComparison.Ordinal);
        }

        bool isGone = false;
        for (int tries = 0; tries < 100 && !isGone; tries++)
        {
            await store.WorksAsync();
            await Task.Delay(20);
            isGone = !(await ContentAsync(folder)).Contains(Id, StringComparison.Ordinal);
        }

        Assert.True(isGone);
    }

    [Fact]
    public async Task Who_was_erased_stays_erased_for_every_process_and_after_opening_again()
    {
        using StoreFolder folder = new();
        UserId gone = "gone";
        await using (SqliteStore store = folder.Open())
        {
            await store.Ledger.TryReserveAsync(Sends.Of(gone, "key"));
            await store.Consent.AppendAsync(gone, [EventOf("a"), EventOf("b")]);
            await store.Ledger.ForgetAsync(gone);
            await store.Consent.ForgetAsync(gone);
            await store.Consent.ForgetAsync("never known");
        }

        await using SqliteStore again = folder.Open();
        Assert.Equal(ReservationStatus.Erased, (await again.Ledger.TryReserveAsync(Sends.Of(gone, "other"))).Status);
        Assert.True((await again.Ledger.ReadAsync(gone)).IsErased);
        Assert.Equal(new ConsentAppendResult(ConsentAppendStatus.Erased, 2), await again.Consent.AppendAsync(gone, [EventOf("c")]));
        ConsentRecord record = await again.Consent.ReadAsync(gone);
        Assert.True(record is { IsErased: true, Version: 2, Events.IsEmpty: true });
        Assert.True((await again.Consent.ReadAsync("never known")).IsErased);
        Assert.False((await again.Consent.ReadAsync("somebody else")).IsErased);

        // A later withdrawal of somebody who is erased changes nothing but the version.
        await again.Ledger.CancelAsync(new Cancellation(gone, 7, []));
        Assert.Equal(7, (await again.Ledger.ReadAsync(gone)).ConsentVersion);
        Assert.Equal(0L, folder.Sql("SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM consent_customer) + (SELECT count(*) FROM consent_event)"));
    }

    [Fact]
    public async Task The_trace_of_an_erased_customer_cannot_be_compared_between_files()
    {
        using StoreFolder first = new();
        using StoreFolder second = new();
        await using SqliteStore one = first.Open();
        await using SqliteStore other = second.Open();
        await one.Ledger.ForgetAsync("same");
        await other.Ledger.ForgetAsync("same");

        Assert.NotEqual(first.Sql("SELECT hex(tombstone) FROM erased"), second.Sql("SELECT hex(tombstone) FROM erased"));
    }

    private static ConsentEvent EventOf(string id) => new() { EventId = id, At = Sends.Noon, State = ConsentState.Granted };

    private static async Task<string> ContentAsync(StoreFolder folder)
    {
        StringBuilder all = new();
        foreach (string end in (string[])[string.Empty, "-wal"])
        {
            string copy = Path.Combine(folder.Folder, "copy");
            using System.Diagnostics.Process process = System.Diagnostics.Process.Start("cp", [folder.File + end, copy]);
            await process.WaitForExitAsync();
            all.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(copy)));
        }

        return all.ToString();
    }
}
