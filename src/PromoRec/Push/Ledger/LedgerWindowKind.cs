namespace PromoRec.Push.Ledger;

/// <summary>How a cap's window lies in time.</summary>
public enum LedgerWindowKind
{
    /// <summary>Ends at the send and has a fixed length.</summary>
    Rolling = 0,

    /// <summary>Lies between two instants.</summary>
    Fixed = 1,

    /// <summary>Has neither beginning nor end.</summary>
    Lifetime = 2,
}
