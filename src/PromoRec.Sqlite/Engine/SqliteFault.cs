using System.Globalization;
using SQLitePCL;

namespace PromoRec.Sqlite.Engine;

/// <summary>Says in words, and as a <see cref="LedgerFault"/>, what a failure means and what to do about it.</summary>
internal static class SqliteFault
{
    public static LedgerUnavailableException From(Exception exception, string path) => exception switch
    {
        LedgerUnavailableException known => known,
        SqliteCallException call => From(call, path),
        _ => new LedgerUnavailableException(LedgerFault.Unreachable, $"The store '{path}' failed inside: {exception.GetType().Name}. Repeat the call; if it stays so, report it.", exception),
    };

    public static LedgerUnavailableException Locked(string path, TimeSpan waited) => new(
        LedgerFault.Locked,
        string.Create(CultureInfo.InvariantCulture, $"Another process held the store '{path}' for longer than {waited.TotalSeconds:0.###} s. Find out which, or set a longer SqliteOptions.BusyTimeout."));

    public static LedgerUnavailableException Gone(string path) => new(
        LedgerFault.Unreachable,
        $"The store '{path}' was there before and is gone. Put it back; a new one would have forgotten every push, so none is created until the process starts anew.");

    public static LedgerUnavailableException Replaced(string path) => new(
        LedgerFault.Unreachable,
        $"Another file has been put in the place of the store '{path}' while it was in use. Stop every process that uses it, put the right file there without its -wal and -shm, and start them again.");

    public static LedgerUnavailableException Missing(string path) => new(
        LedgerFault.Unreachable,
        $"There is no store '{path}', and SqliteOptions.MustExist forbids making one. Mount its disk or put the file back; the first time, let a process without MustExist make it.");

    public static LedgerUnavailableException Crowded(string path, int waiting) => new(
        LedgerFault.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"{waiting} operations wait for the store '{path}' already. Call more slowly, or set a larger SqliteOptions.MaxWaiting."));

    public static LedgerUnavailableException Closed(string path) => new(LedgerFault.Closed, $"The store '{path}' has been closed. Make a new SqliteStore.");

    public static LedgerUnavailableException Newer(string path, long found, int supported) => new(
        LedgerFault.IncompatibleSchema,
        string.Create(CultureInfo.InvariantCulture, $"The store '{path}' has schema {found}, but this version knows schemas up to {supported}. Update PromoRec.Sqlite in every process that opens it."));

    public static LedgerUnavailableException Foreign(string path, long applicationId) => new(
        LedgerFault.IncompatibleSchema,
        string.Create(CultureInfo.InvariantCulture, $"'{path}' is a SQLite database of something else (application id {applicationId}), and has not been touched. Name a file of its own in SqliteOptions.Path."));

    public static LedgerUnavailableException NoLog(string path, string mode) => new(
        LedgerFault.Unreachable,
        $"SQLite cannot keep a write-ahead log for '{path}' (its journal mode is '{mode}'). Put the file on a local disk of this machine.");

    private static LedgerUnavailableException From(SqliteCallException call, string path)
    {
        (LedgerFault fault, string text) = call.Code switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => (LedgerFault.Locked, "is held by another process. Find out which, or set a longer SqliteOptions.BusyTimeout"),
            raw.SQLITE_READONLY => (LedgerFault.ReadOnly, "must not be written. Let this process write the file and its folder"),
            raw.SQLITE_FULL => (LedgerFault.Full, "cannot grow: no space is left on its disk. Free some; the store goes on by itself"),
            raw.SQLITE_CORRUPT => (LedgerFault.Corrupt, "is damaged. Stop sending, and restore it from a backup"),
            raw.SQLITE_NOTADB => (LedgerFault.IncompatibleSchema, "is not a SQLite database, and has not been touched. Name another file in SqliteOptions.Path"),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => (LedgerFault.Unreachable, CannotOpen(path)),
            raw.SQLITE_IOERR => (LedgerFault.Unreachable, "cannot be read or written: its disk failed. Check the disk and the space on it; the store goes on by itself"),
            _ => (LedgerFault.Unreachable, "failed. Repeat the call; if it stays so, report it"),
        };
        return new LedgerUnavailableException(fault, string.Create(CultureInfo.InvariantCulture, $"The store '{path}' {text}. (SQLite {call.ExtendedCode}: {call.Message})"), call);
    }

    private static string CannotOpen(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return folder is not null && !Directory.Exists(folder)
            ? $"cannot be opened: there is no folder '{folder}'. Create it; the store goes on by itself"
            : "cannot be opened. Let this process read and write the file and its folder; the store goes on by itself";
    }
}
