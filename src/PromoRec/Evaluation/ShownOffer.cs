namespace PromoRec.Evaluation;

/// <summary>An offer that a customer was shown or sent.</summary>
/// <param name="User">The customer.</param>
/// <param name="Offer">The offer.</param>
public readonly record struct ShownOffer(UserId User, OfferId Offer);
