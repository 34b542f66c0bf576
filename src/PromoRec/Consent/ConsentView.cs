namespace PromoRec.Consent;

/// <summary>What a customer's consent ledger amounts to: the fold of its events. Immutable.</summary>
public sealed class ConsentView
{
    /// <summary>Folds a ledger.</summary>
    public ConsentView(ConsentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Version = record.Version;
        IsErased = record.IsErased;
    }

    /// <summary>The version of the ledger it was folded from.</summary>
    public long Version { get; }

    /// <summary>Whether the customer was erased.</summary>
    public bool IsErased { get; }
}
