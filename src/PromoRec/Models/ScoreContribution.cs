namespace PromoRec.Models;

/// <summary>What one past interaction adds to a score.</summary>
/// <param name="Item">The item the customer interacted with.</param>
/// <param name="Contribution">The part of the score that rests on it; may be below zero.</param>
public readonly record struct ScoreContribution(ItemId Item, double Contribution);
