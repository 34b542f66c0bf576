namespace PromoRec.Consent;

/// <summary>What a customer's message meant.</summary>
/// <param name="IsStop">Whether it asked to be left alone. If not, it has no effect on consent: let a person read it.</param>
/// <param name="Outcome">What became of that; Unchanged for a message that was none.</param>
/// <param name="ConfirmBefore">
/// First instant at which a confirmation may no longer be sent; null when none may be sent. Only the message that has changed something may be confirmed, once, and without
/// advertising.
/// </param>
/// <param name="View">The customer's consent now.</param>
public sealed record InboundResult(bool IsStop, ConsentOutcome Outcome, DateTimeOffset? ConfirmBefore, ConsentView View);
