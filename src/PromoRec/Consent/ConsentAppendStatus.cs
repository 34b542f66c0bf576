namespace PromoRec.Consent;

/// <summary>What a consent store did with events.</summary>
public enum ConsentAppendStatus
{
    /// <summary>Whatever was new has been appended; nothing, when all events were known.</summary>
    Appended = 0,

    /// <summary>The ledger has another version than expected. Nothing was appended.</summary>
    VersionMismatch = 1,

    /// <summary>The customer was erased. Nothing was appended.</summary>
    Erased = 2,
}
