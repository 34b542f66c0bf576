namespace PromoRec.Push.Ledger;

/// <summary>A place that a ledger holds for a customer.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Key">Its name among the customer's.</param>
/// <param name="At">When it is sent: the planned instant, or the ledger's time when it was reserved or committed.</param>
/// <param name="State">How far it has come.</param>
/// <param name="ExpiresAt">When its time to live ends, unless it is settled before.</param>
/// <param name="OnExpiry">What becomes of it then.</param>
public sealed record Reservation(UserId UserId, string Key, DateTimeOffset At, ReservationState State, DateTimeOffset ExpiresAt, ExpiryAction OnExpiry);
