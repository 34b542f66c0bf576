namespace PromoRec.Consent;

/// <summary>A consent store's answer.</summary>
/// <param name="Status">What was done.</param>
/// <param name="Version">The ledger's version now.</param>
public readonly record struct ConsentAppendResult(ConsentAppendStatus Status, long Version);
