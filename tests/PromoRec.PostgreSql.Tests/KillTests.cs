using System.Globalization;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.StoreProbe;

namespace PromoRec.PostgreSql.Tests;

/// <summary>kill -9 of the process that uses the store: what was acknowledged is there, no cap is exceeded, everything uncertain is listed.</summary>
public class KillTests(SharedServer shared)
{
    private const int LongestLifeMilliseconds = 400;
    private const int Workers = 3;
    private const int Customers = 40;
    private const int LongestLife = 500;
    private static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(500);

    [Fact]
    public async Task Killed_at_any_moment_it_has_lost_nothing_that_was_acknowledged()
    {
        Random random = new(20);
        string connection = NewConnection();
        List<string> faults = [];
        int steps = 0;
        for (int kill = 0; kill < Stress.Times(4, 300); kill++)
        {
            using ProbeProcess process = Start(connection, kill, int.MaxValue);
            await process.SaysAsync(LifeLog.Acknowledged);
            await Task.Delay(random.Next(LongestLifeMilliseconds));
            process.Kill();
            LifeLog log = await EndAsync(process, kill);
            faults.AddRange((await FaultsAsync(connection, log)).Select(fault => $"Kill {kill}: {fault}"));
            steps += log.Steps;
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(steps > 0);
    }

    // Calls are counted by each thread for itself; the first that comes to the number ends the process.
    [Fact]
    public Task Killed_at_its_nth_message_to_the_server_it_has_lost_nothing_that_was_acknowledged() => KillAtEachAsync("sendto");

    [Fact]
    public Task Killed_at_its_nth_acknowledgement_it_has_lost_nothing_that_was_acknowledged() => KillAtEachAsync("write");

    private async Task KillAtEachAsync(string call)
    {
        _ = shared.Server;
        Assert.SkipWhen(await WhyNoStraceAsync() is not null, await WhyNoStraceAsync() ?? string.Empty);
        string connection = NewConnection();
        List<string> faults = [];
        int steps = 0;
        for (int n = 1; n <= 300; n += Stress.Times(100, 1))
        {
            string number = n.ToString(CultureInfo.InvariantCulture);
            using ProbeProcess process = Start(connection, n, LongestLife, "strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={number}");
            LifeLog log = await EndAsync(process, n);
            Assert.False(log.IsComplete, $"There was no {call} number {n}.");
            faults.AddRange((await FaultsAsync(connection, log)).Select(fault => $"{call} {n}: {fault}"));
            steps += log.Steps;
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(steps > 0);
    }

    private string NewConnection() => SharedServer.NewSchema() + "@" + shared.Server.ConnectionString;

    private static ProbeProcess Start(string connection, int seed, int count, params string[] under) => ProbeProcess.Start(
        ["postgresql", connection, "life", Number("seed", seed), Number("count", count), Number("workers", Workers), Number("customers", Customers)], under);

    private static async Task<LifeLog> EndAsync(ProbeProcess process, int seed)
    {
        await process.EndAsync();
        return new LifeLog(process.Lines, seed, Workers, Customers);
    }

    private static async Task<List<string>> FaultsAsync(string connection, LifeLog log)
    {
        await using ProbeStore store = ProbeStore.Open("postgresql", connection, TimeProvider.System);
        await using ProbeStore later = ProbeStore.Open("postgresql", connection, new SetTime(Later));
        return await log.FaultsAsync(store, later);
    }

    private static async Task<string?> WhyNoStraceAsync()
    {
        try
        {
            return (await Shell.TryRunAsync("strace", "-f", "-o", "/dev/null", "true")).Code == 0 ? null : "strace is there, but may not trace; allow ptrace to this user.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Needs strace; install it with: apt-get install strace";
        }
    }

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
