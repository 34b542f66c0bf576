using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class DiskFullTests(SharedServer shared)
{
    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_the_store_goes_on_when_there_is_room()
    {
        _ = shared.Server;
        string folder = Path.Combine(Path.GetTempPath(), "promorec-full-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        bool isMounted = (await Shell.TryRunAsync("mount", "-t", "tmpfs", "-o", "size=4m,mode=0777", "promorec", folder)).Code == 0;
        try
        {
            Assert.SkipUnless(isMounted, "Needs the right to mount a small file system; run it as root.");
            await using PostgreSqlServer server = (await PostgreSqlServer.TryStartAsync())!;
            await server.OwnAsync(folder);
            await FillAsync(server, folder);
        }
        finally
        {
            if (isMounted)
            {
                await Shell.TryRunAsync("umount", "-l", folder);
            }

            Directory.Delete(folder);
        }
    }

    private static async Task FillAsync(PostgreSqlServer server, string folder)
    {
        await server.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{folder}'");
        PostgreSqlOptions options = new() { ConnectionString = server.ConnectionString + ";Options=-c default_tablespace=small" };
        await using PostgreSqlStore store = new(options);
        await store.MigrateAsync();
        await server.ExecuteAsync("CREATE TABLE ballast TABLESPACE small AS SELECT repeat('x', 1000) FROM generate_series(1, 1500)");
        int granted = 0;
        LedgerFault? fault = null;
        while (fault is null && granted < 50_000)
        {
            try
            {
                IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(granted, 100).Select(user => Asks.Send(user, "key"))]);
                granted += results.Count(result => result.Status == ReservationStatus.Granted);
            }
            catch (LedgerUnavailableException unavailable)
            {
                fault = unavailable.Fault;
            }
        }

        Assert.Equal(LedgerFault.Full, fault);
        await server.ExecuteAsync("DROP TABLE ballast");
        await server.ExecuteAsync("CHECKPOINT");
        IReadOnlyList<ReservationResult> after = await store.Ledger.TryReserveAsync([.. Enumerable.Range(granted, 100).Select(user => Asks.Send(user, "key"))]);
        Assert.All(after, result => Assert.True(result.IsHeld));
        Assert.True(granted > 0);
    }
}
