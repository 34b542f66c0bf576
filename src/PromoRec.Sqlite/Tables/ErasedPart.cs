namespace PromoRec.Sqlite.Tables;

/// <summary>What was erased of a customer. The numbers are stored.</summary>
internal enum ErasedPart
{
    Ledger = 0,
    Consent = 1,
}
