namespace PromoRec;

/// <summary>One reason for an offer's place in a ranking.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Item">The item it is about: the one the customer bought; empty for other kinds.</param>
/// <param name="Weight">
/// How much of the score it carries, for <see cref="RankReasonKind.BecauseYouLiked"/>; 0 for other kinds. The weights of all past items that
/// speak for the offer sum to its score. They are a first-order approximation over the customer's 256 strongest past items, so that
/// ranking stays fast; <c>FactorModel.Explain</c> gives exact contributions for single items.
/// </param>
public readonly record struct RankReason(RankReasonKind Kind, ItemId Item, float Weight);
