namespace PromoRec.PostgreSql.Lanes;

/// <summary>How long operations may wait, on a clock of this machine that never goes back and has nothing to do with the ledger's time.</summary>
internal sealed class Deadline(TimeSpan maxWait)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    public long Now => _clock.GetTimestamp();

    public bool IsPast(Operation operation) => _clock.GetElapsedTime(operation.EnteredAt) > maxWait;

    public LedgerUnavailableException Fault() => new(
        LedgerFault.Locked,
        $"The operation has not come to its turn within {maxWait}: more is asked of PostgreSQL than it can do, or others change the same customer all the time. Nothing was changed; try again later.");
}
