namespace PromoRec.Models;

/// <summary>An item with a score.</summary>
/// <param name="Item">The item.</param>
/// <param name="Score">Larger is better; what it means depends on who scored.</param>
public readonly record struct ScoredItem(ItemId Item, float Score);
