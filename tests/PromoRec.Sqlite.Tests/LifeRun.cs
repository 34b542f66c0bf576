using System.Globalization;
using Microsoft.Data.Sqlite;
using PromoRec.StoreProbe;

namespace PromoRec.Sqlite.Tests;

/// <summary>A child that takes places through their life in a store, and the check of what it left.</summary>
internal sealed class LifeRun(StoreFolder folder, int seed, int workers = 3, int customers = 40)
{
    private readonly List<string> _lines = [];

    /// <summary>After how many places somebody is forgotten; 0 for never.</summary>
    public int ForgetEvery { get; init; }

    /// <summary>The store's name.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>What the child has said, after the check.</summary>
    public LifeLog Log => LogOf(_lines);

    /// <summary>What follows from a part of what such a child says.</summary>
    public LifeLog LogOf(IEnumerable<string> lines) => new(lines, seed, workers, customers);

    /// <summary>Starts a child.</summary>
    /// <param name="count">Places for each worker; null for without end.</param>
    /// <param name="under">A program to run it under.</param>
    public ProbeProcess Start(int? count, params string[] under)
    {
        List<string> arguments = [Store, folder.File, "life", Number("seed", seed), Number("workers", workers), Number("customers", customers), Number("forget-every", ForgetEvery)];
        if (count is { } places)
        {
            arguments.Add(Number("count", places));
        }

        return ProbeProcess.Start(arguments, under);
    }

    /// <summary>Waits for the child's end, opens the store again, and compares.</summary>
    public async Task<List<string>> EndAsync(ProbeProcess process)
    {
        await process.EndAsync();
        _lines.AddRange(process.Lines);
        return await FaultsAsync(folder.File, Log);
    }

    /// <summary>What is wrong with a store's file after a child that said this.</summary>
    public static async Task<List<string>> FaultsAsync(string file, LifeLog log)
    {
        List<string> faults = [];
        await using (ProbeStore store = ProbeStore.Open("sqlite", file, TimeProvider.System))
        await using (ProbeStore later = ProbeStore.Open("sqlite", file, new ManualTime(DateTimeOffset.UnixEpoch.AddYears(500))))
        {
            faults.AddRange(await log.FaultsAsync(store, later));
        }

        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if ((string)command.ExecuteScalar()! is var integrity && integrity != "ok")
        {
            faults.Add($"integrity_check: {integrity}");
        }

        return faults;
    }

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
