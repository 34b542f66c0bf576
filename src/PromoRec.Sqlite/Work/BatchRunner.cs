using PromoRec.Sqlite.Engine;
using PromoRec.Sqlite.Tables;

namespace PromoRec.Sqlite.Work;

/// <summary>Runs batches, each in one transaction on one connection, which it opens again whenever something went wrong with it.</summary>
internal sealed class BatchRunner(StoreFile file, TimeProvider time, bool isWriter) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWaitForReaders = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _never = new();
    private StoreSession? _session;
    private long _logBytesToAct = file.MaxLogBytes;
    private bool _isLogUsed;
    private bool _mustEmptyLog;

    /// <summary>Answers every work of the batch; never throws.</summary>
    public void Run(IReadOnlyList<StoreWork> works)
    {
        StoreBatch batch;
        try
        {
            batch = RunInTransaction(works);
        }
        catch (Exception exception)
        {
            // A connection after a failure is not worth a thought: the next batch opens another one.
            Close();
            LedgerUnavailableException fault = SqliteFault.From(exception, file.Path);
            foreach (StoreWork work in works)
            {
                work.Fail(fault);
            }

            return;
        }

        if (batch.MustCompact)
        {
            batch.CompactionFault = Compact();
        }

        if (batch.HasErased)
        {
            _mustEmptyLog = true;
            TryEmptyLog(LongestWaitForReaders);
        }

        foreach (StoreWork work in works)
        {
            work.Complete();
        }

        if (isWriter && file.LogBytes >= _logBytesToAct)
        {
            TryEmptyLog(LongestWaitForReaders);
        }
        else if (_mustEmptyLog && !batch.HasErased)
        {
            // Somebody who was erased is still in it, because somebody was reading; nobody else shall wait for that.
            TryEmptyLog(TimeSpan.Zero);
        }
    }

    /// <summary>Nothing is waiting: the log is written back, so that a copy of the file is complete and an erased customer is in neither.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    public bool Rest()
    {
        if (isWriter && _isLogUsed)
        {
            // Whoever waits for readers keeps the other processes waiting, and there is no hurry.
            TryEmptyLog(TimeSpan.Zero);
        }

        return !_isLogUsed;
    }

    public void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    public void Dispose()
    {
        Close();
        _never.Dispose();
    }

    private StoreBatch RunInTransaction(IReadOnlyList<StoreWork> works)
    {
        StoreSession session = _session ??= Open();
        file.ThrowIfMoved(session.HasMoved);
        Begin(session);
        session.ThrowIfNewer();
        StoreBatch batch = new(session, time.GetUtcNow());
        foreach (StoreWork work in works)
        {
            work.Run(batch);
        }

        if (isWriter)
        {
            batch.Ledger.SweepSome();
            batch.Ledger.Save();
            _isLogUsed = true;
        }

        session.Commit();
        return batch;
    }

    private StoreSession Open()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return StoreSession.Open(file);
            }
            catch (SqliteCallException exception) when (exception.IsBusy && TimeProvider.System.GetElapsedTime(start) < file.BusyTimeout)
            {
                // Where two that set up one file would wait for each other, SQLite sends one of them away at once.
                _never.Wait(PollInterval);
            }
        }
    }

    private void Begin(StoreSession session)
    {
        // The wait for a lock is real, whatever clock the ledger has.
        session.WaitForLocks(isWriter ? TimeSpan.Zero : file.BusyTimeout);
        long start = TimeProvider.System.GetTimestamp();
        while (!session.TryBegin(isWriter))
        {
            if (TimeProvider.System.GetElapsedTime(start) >= file.BusyTimeout)
            {
                throw SqliteFault.Locked(file.Path, file.BusyTimeout);
            }

            // SQLite itself would sleep for up to 100 ms, while a commit of others takes a few.
            _never.Wait(PollInterval);
        }
    }

    private LedgerUnavailableException? Compact()
    {
        try
        {
            _session!.Compact(file.BusyTimeout);

            // What the file holds no more stands in it until the log is written back.
            _mustEmptyLog = true;
            TryEmptyLog(LongestWaitForReaders);
            return null;
        }
        catch (Exception exception)
        {
            Close();
            return SqliteFault.From(exception, file.Path);
        }
    }

    private void TryEmptyLog(TimeSpan wait)
    {
        try
        {
            _isLogUsed = _session is not { } session || !session.TryEmptyLog(wait);
            _mustEmptyLog &= _isLogUsed;
            _logBytesToAct = _isLogUsed ? file.LogBytes + file.MaxLogBytes : file.MaxLogBytes;
        }
        catch (SqliteCallException)
        {
            // What was committed is safe in the log; the next try may go better.
            Close();
        }
    }
}
