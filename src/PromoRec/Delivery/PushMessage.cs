namespace PromoRec.Delivery;

/// <summary>What a channel hands to its provider.</summary>
/// <param name="SendId">Names this send, the same in every retry: what a provider deduplicates by.</param>
/// <param name="UserId">Whom it is for; the channel knows the address.</param>
/// <param name="Offer">What it is about.</param>
/// <param name="UnsubscribeToken">What the message must offer for leaving with one click; null for one that needs none.</param>
public sealed record PushMessage(string SendId, UserId UserId, Offer Offer, string? UnsubscribeToken);
