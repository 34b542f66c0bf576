namespace PromoRec.Consent;

/// <summary>A double opt-in that was asked for.</summary>
/// <param name="Outcome">Recorded, or Erased; then there is no token.</param>
/// <param name="Token">What the customer sends back to confirm, 43 letters, digits, '-' or '_'. It is stored nowhere: send it, and do not log it.</param>
/// <param name="ExpiresAt">First instant at which it can no longer be confirmed.</param>
/// <param name="View">The customer's consent now.</param>
public sealed record DoubleOptInRequest(ConsentOutcome Outcome, string? Token, DateTimeOffset? ExpiresAt, ConsentView View);
