namespace PromoRec.Push.Ledger;

/// <summary>How full a cap is for a send.</summary>
/// <param name="Observed">Sends that share a window with it.</param>
/// <param name="Fits">Whether it may be sent under the cap.</param>
/// <param name="NextEligibleAt">When it does not fit: the first later instant for which it could be planned now if nothing else is sent; null where none exists.</param>
public readonly record struct CapCount(int Observed, bool Fits, DateTimeOffset? NextEligibleAt);
