using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace PromoRec.PostgreSql;

/// <summary>Says in PromoRec's terms why the database did not answer.</summary>
internal static class DatabaseFaults
{
    private const string CredentialsClass = "28";
    private const string Repeat = "It is not known whether the operation took effect: repeat it with the same key.";

    // What Npgsql and the network throw; anything else is a fault of this library and stays what it is.
    public static bool IsKnown(Exception exception) =>
        exception is DbException or TimeoutException or IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Whether the server has said that it undid the statement because of others, so that doing it again is safe.</summary>
    public static bool IsUndoneByOthers(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DivisionByZero;

    /// <summary>Whether the connection is to blame, so that another one may do better.</summary>
    public static bool IsUnreachable(Exception exception) =>
        IsKnown(exception) && Describe(exception) is LedgerUnavailableException { Fault: LedgerFault.Unreachable };

    public static Exception Describe(Exception exception) => exception switch
    {
        LedgerUnavailableException => exception,
        PostgresException refused => new LedgerUnavailableException(FaultOf(refused.SqlState), MessageOf(refused), exception),
        ObjectDisposedException => Closed(exception),
        _ when IsTimeout(exception) => new LedgerUnavailableException(
            LedgerFault.TimedOut, "PostgreSQL did not answer in time. " + Repeat + " If it goes on, look for locks and for a full disk, or raise CommandTimeout.", exception),
        _ when IsKnown(exception) => new LedgerUnavailableException(
            LedgerFault.Unreachable, "The connection to PostgreSQL failed. " + Repeat + " If it goes on, check that the server runs and can be reached from here.", exception),
        _ => exception,
    };

    public static LedgerUnavailableException Closed(Exception? inner = null) => new(LedgerFault.Closed, "The PostgreSQL store has been closed. Do not use it after the host has stopped.", inner);

    private static bool IsTimeout(Exception exception) => exception is TimeoutException || exception.InnerException is TimeoutException;

    private static LedgerFault FaultOf(string state) => state switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege => LedgerFault.ReadOnly,
        PostgresErrorCodes.DiskFull => LedgerFault.Full,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DivisionByZero => LedgerFault.Locked,
        PostgresErrorCodes.QueryCanceled => LedgerFault.TimedOut,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => LedgerFault.Corrupt,
        _ when IsOfAnotherSchema(state) => LedgerFault.IncompatibleSchema,
        _ => LedgerFault.Unreachable,
    };

    /// <summary>Whether tables or columns are not there or not as they should be.</summary>
    public static bool IsOfAnotherSchema(string state) => state is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName
        or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation;

    // The server's own message may quote a key, so only its code is repeated; the exception inside has the rest.
    private static string MessageOf(PostgresException refused) => FaultOf(refused.SqlState) switch
    {
        _ when refused.SqlState == PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL has no such database (SQLSTATE {refused.SqlState}), so nothing took effect. Create it, or correct Database in the connection string.",
        _ when refused.SqlState.StartsWith(CredentialsClass, StringComparison.Ordinal) =>
            $"PostgreSQL does not let this user in (SQLSTATE {refused.SqlState}), so nothing took effect. Check Username and Password in the connection string, and pg_hba.conf.",
        LedgerFault.ReadOnly when refused.SqlState == PostgresErrorCodes.InsufficientPrivilege =>
            $"This user of PostgreSQL lacks a right (SQLSTATE {refused.SqlState}). Grant USAGE and CREATE on the schema, or create the tables as their owner with MigrateAsync, "
            + "grant SELECT, INSERT, UPDATE and DELETE on them, and set CreateTables to false.",
        LedgerFault.ReadOnly => $"PostgreSQL refuses to write (SQLSTATE {refused.SqlState}). Connect to the primary, with Target Session Attributes=read-write for instance.",
        LedgerFault.Full => $"The disk of PostgreSQL is full (SQLSTATE {refused.SqlState}). Make room; the store goes on by itself.",
        LedgerFault.Locked => $"Others hold the rows (SQLSTATE {refused.SqlState}). Nothing was changed; try again.",
        LedgerFault.TimedOut => $"PostgreSQL cancelled the statement (SQLSTATE {refused.SqlState}). {Repeat} Look for locks, or raise statement_timeout.",
        LedgerFault.Corrupt => $"PostgreSQL found damaged data (SQLSTATE {refused.SqlState}). Restore the database from a backup.",
        LedgerFault.IncompatibleSchema => $"The tables are not those of this library (SQLSTATE {refused.SqlState}). Check the options Schema and CreateTables.",
        _ => $"PostgreSQL refused (SQLSTATE {refused.SqlState}). {Repeat} If it goes on, check its log, the credentials and max_connections.",
    };
}
