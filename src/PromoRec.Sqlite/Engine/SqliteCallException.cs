namespace PromoRec.Sqlite.Engine;

/// <summary>SQLite refused a call. It never leaves this assembly: <see cref="SqliteFault"/> turns it into what a host can act on.</summary>
internal sealed class SqliteCallException(int extendedCode, string text) : Exception(text)
{
    /// <summary>SQLite's extended result code.</summary>
    public int ExtendedCode { get; } = extendedCode;

    /// <summary>SQLite's primary result code.</summary>
    public int Code => ExtendedCode & 0xFF;
}
