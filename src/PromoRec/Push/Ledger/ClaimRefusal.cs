namespace PromoRec.Push.Ledger;

/// <summary>A cap or budget that stood against a reservation.</summary>
/// <param name="Kind">Which list of the request it is in.</param>
/// <param name="Index">Where in that list.</param>
/// <param name="Observed">Sends counted, or units taken, before this one.</param>
/// <param name="Limit">Its limit.</param>
/// <param name="NextEligibleAt">The first later instant for which this cap alone would let the send be planned, if nothing else is sent or given back; for a fixed window its end. Null where none exists or is known.</param>
public readonly record struct ClaimRefusal(ClaimKind Kind, int Index, long Observed, long Limit, DateTimeOffset? NextEligibleAt);
