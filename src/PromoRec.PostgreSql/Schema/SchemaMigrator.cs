using Npgsql;

namespace PromoRec.PostgreSql.Schema;

/// <summary>Brings the tables to the version of this library, or says why it must not touch them.</summary>
internal sealed class SchemaMigrator(string schema)
{
    // Any number that is the same in every replica; with the schema's hash it names the lock.
    private const int LockClass = 0x50524F4D;

    // Changing a large table takes its time, and whoever comes second waits for it.
    private const int TimeoutSeconds = 600;

    /// <summary>Throws unless the tables have the version of this library.</summary>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        int version = await ReadVersionAsync(connection).ConfigureAwait(false);
        ThrowIfNewer(version);
        if (version < Migrations.Latest)
        {
            throw new LedgerUnavailableException(
                LedgerFault.IncompatibleSchema,
                $"The tables in the schema '{schema}' have version {version}, but this version needs {Migrations.Latest}. Set CreateTables or call MigrateAsync with the right to create tables.");
        }
    }

    /// <summary>Throws unless the tables have the version of this library, which they had before.</summary>
    public async Task CheckAgainAsync(NpgsqlConnection connection)
    {
        int version = await ReadVersionAsync(connection).ConfigureAwait(false);
        if (version == 0)
        {
            throw new LedgerUnavailableException(
                LedgerFault.IncompatibleSchema,
                $"The tables in the schema '{schema}' were there before and are gone. Point the connection at the right database, or restore them; new ones would have forgotten every push, so none are created until the process starts anew or calls MigrateAsync.");
        }

        await CheckAsync(connection).ConfigureAwait(false);
    }

    /// <summary>Creates or updates the tables, in one transaction; whoever comes second waits and finds the work done.</summary>
    public async Task MigrateAsync(NpgsqlConnection connection)
    {
        // Without a lock first: once the tables are there, no replica needs the right to create any, and a standby can be read.
        int version = await ReadVersionAsync(connection).ConfigureAwait(false);
        ThrowIfNewer(version);
        if (version == Migrations.Latest)
        {
            return;
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({LockClass}, hashtext('{schema}'))").ConfigureAwait(false);
        await CreateSchemaAsync(connection).ConfigureAwait(false);
        version = await ScalarAsync(connection, VersionQuery).ConfigureAwait(false);
        ThrowIfNewer(version);
        for (int next = version + 1; next <= Migrations.Latest; next++)
        {
            await RunAsync(connection, Migrations.Script(next, schema)).ConfigureAwait(false);
            await RunAsync(connection, $"INSERT INTO {schema}.schema_version (version) VALUES ({next})").ConfigureAwait(false);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
    }

    private string VersionQuery => $"SELECT coalesce(max(version), 0) FROM {schema}.schema_version";

    private async Task CreateSchemaAsync(NpgsqlConnection connection)
    {
        // IF NOT EXISTS would ask for the right to create schemas even where there is nothing to create.
        if (await ScalarAsync(connection, $"SELECT count(*)::int FROM pg_namespace WHERE nspname = '{schema}'").ConfigureAwait(false) == 0)
        {
            await RunAsync(connection, $"CREATE SCHEMA {schema}").ConfigureAwait(false);
        }

        await RunAsync(
            connection,
            $"CREATE TABLE IF NOT EXISTS {schema}.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())").ConfigureAwait(false);
    }

    private async Task<int> ReadVersionAsync(NpgsqlConnection connection)
    {
        try
        {
            return await ScalarAsync(connection, VersionQuery).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return 0;
        }
    }

    /// <summary>Throws if a version of the tables is newer than this library.</summary>
    public void ThrowIfNewer(int version)
    {
        if (version > Migrations.Latest)
        {
            throw new LedgerUnavailableException(
                LedgerFault.IncompatibleSchema,
                $"The tables in the schema '{schema}' have version {version}, but this version knows versions up to {Migrations.Latest}. Update PromoRec on every replica.");
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = Command(connection, sql);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static async Task<int> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = Command(connection, sql);
        return (int)(await command.ExecuteScalarAsync().ConfigureAwait(false) ?? 0);
    }

#pragma warning disable CA2100 // The schema is the only thing pasted in, and the validator allows it letters, digits and '_'.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = TimeoutSeconds };
#pragma warning restore CA2100
}
