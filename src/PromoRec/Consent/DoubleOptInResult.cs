namespace PromoRec.Consent;

/// <summary>The answer to the confirmation of a double opt-in.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="View">The customer's consent now.</param>
public sealed record DoubleOptInResult(DoubleOptInOutcome Outcome, ConsentView View);
