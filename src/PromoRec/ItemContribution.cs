namespace PromoRec;

/// <summary>What one item of the customer's past adds to the score of an offer.</summary>
/// <param name="Item">The item.</param>
/// <param name="Contribution">The part of the score that rests on it; may be below zero; finite.</param>
public readonly record struct ItemContribution(ItemId Item, double Contribution);
