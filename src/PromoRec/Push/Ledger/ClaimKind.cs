namespace PromoRec.Push.Ledger;

/// <summary>Which list of a request a refusal points into.</summary>
public enum ClaimKind
{
    /// <summary><see cref="ReservationRequest.Caps"/>.</summary>
    Cap = 0,

    /// <summary><see cref="ReservationRequest.Budgets"/>.</summary>
    Budget = 1,
}
