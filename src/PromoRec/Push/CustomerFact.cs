namespace PromoRec.Push;

/// <summary>Something a customer did with an offer, which cooldowns look at.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Offer">With which offer.</param>
/// <param name="At">When.</param>
public readonly record struct CustomerFact(CustomerFactKind Kind, OfferId Offer, DateTimeOffset At);
