namespace PromoRec.Testing.Doubles;

/// <summary>How often a <see cref="FaultInjectingLedger"/> fails, and how.</summary>
public sealed record LedgerFaults
{
    /// <summary>Which part of the calls fail before the ledger has seen them: 0 to 1, 0 unless set.</summary>
    public double Before { get; init; }

    /// <summary>Which part of the calls fail after the ledger has done what they ask for, so that the caller never hears of it: 0 to 1, 0 unless set.</summary>
    public double After { get; init; }

    /// <summary>Longest time that a call waits before it reaches the ledger; each call waits some of it. None unless set.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>What the failures say.</summary>
    public LedgerFault Fault { get; init; }

    /// <summary>What all random choices follow from: 1 unless set.</summary>
    public ulong Seed { get; init; } = 1;
}
