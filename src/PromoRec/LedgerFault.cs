namespace PromoRec;

/// <summary>Why a store cannot answer.</summary>
public enum LedgerFault
{
    /// <summary>It cannot be reached, or the connection broke.</summary>
    Unreachable = 0,

    /// <summary>Others hold it for longer than the caller would wait.</summary>
    Locked = 1,

    /// <summary>It must not be written.</summary>
    ReadOnly = 2,

    /// <summary>No space is left.</summary>
    Full = 3,

    /// <summary>It was written by a newer version of the library, or is none of its stores.</summary>
    IncompatibleSchema = 4,

    /// <summary>What was read cannot be what was written.</summary>
    Corrupt = 5,

    /// <summary>It answered too late.</summary>
    TimedOut = 6,

    /// <summary>It has been closed.</summary>
    Closed = 7,
}
