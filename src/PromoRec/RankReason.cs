namespace PromoRec;

/// <summary>One reason for an offer's place in a ranking.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Item">The item it is about: the one the customer bought or liked; empty for other kinds.</param>
/// <param name="Weight">
/// How much of the score it carries; 0 for kinds that are no part of a score, such as <see cref="RankReasonKind.EndingSoon"/>. The weights of all past items that
/// speak for the offer sum to the score of the model that they speak through. They are an approximation over the customer's strongest past items (256, or 32 for neighbours), so that
/// ranking stays fast; <c>RecommendationModel.Explain</c> gives exact contributions for single items.
/// </param>
/// <param name="Name">The category, brand, segment or signal it is about; null for kinds that are about none.</param>
public readonly record struct RankReason(RankReasonKind Kind, ItemId Item, float Weight, string? Name = null);
