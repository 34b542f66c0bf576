namespace PromoRec.Models;

/// <summary>Which kind of knowledge scored the items for a customer, and why no higher one did.</summary>
/// <param name="Tier">The kind of knowledge.</param>
/// <param name="Why">Why this one.</param>
internal readonly record struct ItemAnswer(RankTier Tier, RankTierReason Why);
