using SQLitePCL;

namespace PromoRec.Sqlite.Engine;

/// <summary>SQLite refused a call. It never leaves this assembly: <see cref="SqliteFault"/> turns it into what a host can act on.</summary>
internal sealed class SqliteCallException(int extendedCode, string text) : Exception(text)
{
    /// <summary>SQLite's extended result code.</summary>
    public int ExtendedCode { get; } = extendedCode;

    /// <summary>SQLite's primary result code.</summary>
    public int Code => ExtendedCode & 0xFF;

    /// <summary>Whether another connection was in the way.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
