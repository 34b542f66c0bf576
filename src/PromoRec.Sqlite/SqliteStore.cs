using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Engine;
using PromoRec.Sqlite.Work;

namespace PromoRec.Sqlite;

/// <summary>Reservations and consent in one SQLite file: durable, and exact for all processes of one machine that open it.</summary>
/// <remarks>
/// <para>The file is opened with the first operation. Operations that change something are made durable together, as many as are waiting, by one commit,
/// and none is answered before it; the more callers there are, the more each commit carries.</para>
/// <para>When the file cannot be used, operations fail with <see cref="LedgerUnavailableException"/>, and work again when the cause has gone.</para>
/// <para>Any thread may use it. Disposing it answers what is waiting, and fails what comes later with <see cref="LedgerFault.Closed"/>.</para>
/// </remarks>
public sealed class SqliteStore : IAsyncDisposable, IDisposable
{
    private readonly StoreThread _writer;
    private readonly StoreThread _reader;

    /// <summary>A store that a file is behind.</summary>
    /// <param name="options">Where and how it is kept. Later changes to it have no effect.</param>
    /// <param name="ledger">How long it remembers; the defaults when null. Later changes to it have no effect.</param>
    /// <param name="time">Its clock; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SqliteStore(SqliteOptions options, LedgerOptions? ledger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateOptionsResult result = new SqliteOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }

        LedgerOptions memory = ledger ?? new LedgerOptions();
        LedgerOptionsValidator.ThrowIfInvalid(memory);
        StoreFile file = new(options);
        TimeProvider clock = time ?? TimeProvider.System;
        _writer = new StoreThread(new BatchRunner(file, clock, isWriter: true), options);
        _reader = new StoreThread(new BatchRunner(file, clock, isWriter: false), options);
        Ledger = new SqliteReservationLedger(_writer, _reader, memory.Retention, options.MaxBatch);
        Consent = new SqliteConsentStore(_writer, _reader);
    }

    /// <summary>The reservations.</summary>
    public IReservationLedger Ledger { get; }

    /// <summary>The consent.</summary>
    public IConsentStore Consent { get; }

    /// <summary>
    /// Writes the file anew: it becomes as small as what it holds, and no unused byte of it holds anything of those who were erased before. For maintenance: it needs
    /// up to twice the file's size of free disk space, and whatever writes to the file waits for it.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting, not the work.</param>
    /// <exception cref="LedgerUnavailableException">The file cannot be used; it is as it was.</exception>
    public ValueTask CompactAsync(CancellationToken cancellationToken = default) => _writer.CompactAsync(cancellationToken);

    /// <summary>Answers what is waiting and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer is the last to close, so that nobody is in its way when it writes the log back.
        await _reader.CloseAsync().ConfigureAwait(false);
        await _writer.CloseAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        _reader.Close();
        _writer.Close();
    }
}
