using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>What was decided about a request, and what is asked of the ledger for it.</summary>
/// <param name="Answer">The answer if nothing is asked of the ledger, or if the ledger grants it.</param>
/// <param name="Place">What is asked of the ledger; null for nothing.</param>
/// <param name="Claims">What it means when the ledger refuses.</param>
/// <param name="Abandoned">A place that the request holds and that is to be given back; null for none.</param>
internal sealed record PushAttempt(PushReservation Answer, ReservationRequest? Place = null, PushClaims? Claims = null, LedgerEntry? Abandoned = null);
