namespace PromoRec.Push.Offers.Pricing;

/// <summary>An offer that a cart would like to have.</summary>
/// <param name="Profile">The offer.</param>
/// <param name="Failed">Constraints that it fails whatever the basket is.</param>
internal readonly record struct StackingCandidate(OfferProfile Profile, OfferConstraints Failed);
