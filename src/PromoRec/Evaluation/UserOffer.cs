namespace PromoRec.Evaluation;

/// <summary>A customer with an offer that was held out for the test: one that the customer took.</summary>
/// <param name="User">The customer.</param>
/// <param name="Offer">The offer.</param>
public readonly record struct UserOffer(UserId User, OfferId Offer);
