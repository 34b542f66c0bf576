namespace PromoRec.Profiles;

/// <summary>How much a customer cares for a category or a brand.</summary>
/// <param name="Name">The category or brand, as the catalog names it.</param>
/// <param name="Weight">
/// Sum of weight × value × 2^(-age / half-life) over the events: 1 for one purchase just made, 0.5 one half-life later; below zero for aversion. Finite, never 0.
/// </param>
public readonly record struct Interest(string Name, double Weight);
