using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PromoRec.PostgreSql.Tests.Server;

/// <summary>A real server in a temporary folder, with fsync on. It is stopped and deleted at the end, or by the next one to start if this process is killed.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Prefix = "promorec-pg-";
    private const string User = "promorec";
    private readonly string _binaries;
    private readonly string _folder;
    private readonly string[] _runAs;
    private readonly string _settings;
    private int _isStopped;

    private PostgreSqlServer(string binaries, string folder, string[] runAs, int port, string settings)
    {
        (_binaries, _folder, _runAs, Port, _settings) = (binaries, folder, runAs, port, settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisposeAsync().AsTask().Wait();
    }

    public int Port { get; }

    /// <summary>For the superuser.</summary>
    public string ConnectionString => ConnectionStringFor(Port);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts a server, or returns null where there is none installed.</summary>
    /// <param name="settings">Further settings, such as "-c max_connections=5".</param>
    public static async Task<PostgreSqlServer?> TryStartAsync(string settings = "")
    {
        if (PostgreSqlBinaries.Find() is not { } binaries)
        {
            return null;
        }

        await DeleteOrphansAsync(binaries);
        string folder = NewFolder();
        string[] runAs = await UnprivilegedAsync(folder);
        PostgreSqlServer server = new(binaries, folder, runAs, FreePort(), settings);
        try
        {
            await server.RunAsync("initdb", "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a standby of this server, without which from then on nothing is committed.</summary>
    public async Task<PostgreSqlServer> StartStandbyAsync()
    {
        string folder = NewFolder();
        PostgreSqlServer standby = new(_binaries, folder, await UnprivilegedAsync(folder), FreePort(), _settings);
        string primary = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={Port} user={User} application_name=standby");
        await standby.RunAsync("pg_basebackup", "-D", standby.Data, "-d", primary, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync");
        await standby.StartAsync();
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        await ExecuteAsync("SELECT pg_reload_conf()");
        while (await ExecuteAsync("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") is not 1L)
        {
            await Task.Delay(50);
        }

        return standby;
    }

    /// <summary>Lets a standby take over, and commit alone.</summary>
    public async Task PromoteAsync()
    {
        await RunAsync("pg_ctl", "promote", "-w", "-t", "60", "-D", Data);
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = ''");
        await ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Gives a folder to the server's user.</summary>
    public async Task OwnAsync(string folder) => await UnprivilegedAsync(folder);

    public string ConnectionStringFor(int port) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Include Error Detail=true;Timeout=5;Maximum Pool Size=200");

    public Task StartAsync() => RunAsync(
        "pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", string.Create(
            CultureInfo.InvariantCulture,
            $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=200 -c log_statement=none {_settings}"));

    /// <param name="mode">"immediate" is a crash, "fast" an orderly end.</param>
    public Task StopAsync(string mode) => RunAsync("pg_ctl", "stop", "-w", "-t", "60", "-D", Data, "-m", mode);

    public async Task RestartAsync(string mode)
    {
        await StopAsync(mode);
        await StartAsync();
    }

    public Task<string> ReadLogAsync() => File.ReadAllTextAsync(Path.Combine(_folder, "log"));

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = new(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            await DeleteAsync(_binaries, _runAs, _folder);
        }
    }

    private static string NewFolder() => Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"))).FullName;

    private static async Task DeleteOrphansAsync(string binaries)
    {
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            string owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists("/proc/" + owner))
            {
                await DeleteAsync(binaries, await UnprivilegedAsync(folder: null), folder);
            }
        }
    }

    private static async Task DeleteAsync(string binaries, string[] runAs, string folder)
    {
        string[] command = [.. runAs, Path.Combine(binaries, "pg_ctl"), "stop", "-w", "-D", Path.Combine(folder, "data"), "-m", "immediate"];
        await Shell.TryRunAsync(command[0], command[1..]);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of another user, or already deleted by another test program: none of ours.
        }
    }

    /// <summary>The server refuses to run as root, so then it runs as the user that its package made, or as nobody.</summary>
    private static async Task<string[]> UnprivilegedAsync(string? folder)
    {
        if (Environment.UserName != "root")
        {
            return [];
        }

        string user = (await Shell.TryRunAsync("id", "-u", "postgres")).Code == 0 ? "postgres" : "nobody";
        if (folder is not null)
        {
            await Shell.RunAsync("chown", user, folder);
        }

        return ["setpriv", "--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", "--"];
    }

    private Task<string> RunAsync(string program, params string[] arguments)
    {
        string[] command = [.. _runAs, Path.Combine(_binaries, program), .. arguments];
        return Shell.RunAsync(command[0], command[1..]);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
