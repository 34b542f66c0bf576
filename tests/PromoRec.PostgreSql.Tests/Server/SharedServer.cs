using PromoRec.PostgreSql.Tests.Server;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace PromoRec.PostgreSql.Tests.Server;

/// <summary>One server for all tests that leave it as it is; each test has a schema of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private static int _schemas;
    private PostgreSqlServer? _server;

    /// <summary>The server. Where none is installed the test shows as skipped, with the command that installs it.</summary>
    public PostgreSqlServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, PostgreSqlBinaries.Missing);
            return _server!;
        }
    }

    public async ValueTask InitializeAsync() => _server = await PostgreSqlServer.TryStartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A schema that nobody else uses.</summary>
    public static string NewSchema() => $"test_{Interlocked.Increment(ref _schemas)}";

    public PostgreSqlOptions Options(string? schema = null) => new() { ConnectionString = Server.ConnectionString, Schema = schema ?? NewSchema() };
}
