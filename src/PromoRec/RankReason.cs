namespace PromoRec;

/// <summary>One reason for an offer's place in a ranking.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Item">The item it is about: the one the customer bought; empty for other kinds.</param>
/// <param name="Weight">How much of the score it carries, for <see cref="RankReasonKind.BecauseYouLiked"/>; 0 for other kinds.</param>
public readonly record struct RankReason(RankReasonKind Kind, ItemId Item, float Weight);
