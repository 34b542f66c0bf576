namespace PromoRec.Push.Offers.Pricing;

/// <summary>Offers that compete with each other for a basket.</summary>
/// <param name="Name">Its name, as <see cref="OfferRules.Group"/> has it.</param>
/// <param name="Mode">Which of them the basket gets.</param>
public sealed record StackingGroup(string Name, StackingMode Mode);
