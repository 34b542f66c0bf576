namespace PromoRec.Datasets;

/// <summary>What a customer's events say about one item.</summary>
/// <param name="Item">The item.</param>
/// <param name="Value">Weighted, decayed sum of the events: above zero for interest, below zero for aversion.</param>
public readonly record struct ItemEvidence(ItemId Item, float Value);
