namespace PromoRec.Models.CoOccurrence;

/// <summary>Who has the one takes the other too: how often, and how much more often than by chance.</summary>
/// <remarks>
/// Where baskets fade with age or pairs with their distance, weights stand in place of numbers of baskets. Source: Agrawal, Imieliński and Swami, SIGMOD 1993; lift: Brin, Motwani, Ullman and Tsur, SIGMOD 1997.
/// </remarks>
/// <param name="Antecedent">The item that is there.</param>
/// <param name="Consequent">The item that comes with it.</param>
/// <param name="Baskets">Number of baskets with both, before anything faded.</param>
/// <param name="Support">Share of all baskets that have both: above 0, at most 1.</param>
/// <param name="Confidence">Share of the baskets with the antecedent that have the consequent too: above 0, at most 1.</param>
/// <param name="Lift">Confidence over the share of all baskets that have the consequent: 1 by chance, the same in both directions.</param>
public readonly record struct AssociationRule(ItemId Antecedent, ItemId Consequent, int Baskets, double Support, double Confidence, double Lift);
