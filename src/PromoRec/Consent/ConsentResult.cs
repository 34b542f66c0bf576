namespace PromoRec.Consent;

/// <summary>The answer to something that a customer said.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="View">The customer's consent now.</param>
public sealed record ConsentResult(ConsentOutcome Outcome, ConsentView View);
