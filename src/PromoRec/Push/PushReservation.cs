using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>What was decided about a push, and the place that is held for it.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="Key">The push's name among the customer's, by which the place is settled.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Place">The place; null when none is held.</param>
/// <param name="IsReplayed">
/// Whether the same request had got this place before; nothing more was taken. <see cref="Reservation.State"/> says how far it has come, and beginning it once more
/// says whether it may be handed over.
/// </param>
public sealed record PushReservation(UserId UserId, string Key, PushDecision Decision, Reservation? Place, bool IsReplayed);
