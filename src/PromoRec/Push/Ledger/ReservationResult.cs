using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>A ledger's answer to a request for a place.</summary>
/// <param name="Status">What was answered.</param>
/// <param name="LedgerTime">Now, by the ledger's clock.</param>
/// <param name="Reservation">The place, when granted or replayed; the one in the way, in a conflict; else null.</param>
/// <param name="Refusals">Every cap and budget that is used up, when refused; else empty.</param>
public sealed record ReservationResult(ReservationStatus Status, DateTimeOffset LedgerTime, Reservation? Reservation, ImmutableArray<ClaimRefusal> Refusals)
{
    /// <summary>Whether the caller holds a place.</summary>
    public bool IsHeld => Status is ReservationStatus.Granted or ReservationStatus.Replayed;
}
