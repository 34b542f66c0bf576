namespace PromoRec.Ranking;

/// <summary>What ranking needs to know of one event of a customer.</summary>
/// <param name="Item">The item; may be empty.</param>
/// <param name="Offer">The offer; may be empty.</param>
/// <param name="Value">What the event says about taste, weighted as in training: above 0 for interest, below 0 for aversion.</param>
/// <param name="IsConsumption">Whether it is a purchase or redemption, so that the customer has now what it names.</param>
/// <param name="EventId">The host's id of the event; null where it has none.</param>
internal readonly record struct CustomerEvent(ItemId Item, OfferId Offer, float Value, bool IsConsumption, string? EventId)
{
    /// <summary>Its day, counted from 0001-01-01 UTC; 0 where its time is not known.</summary>
    public int Day { get; init; }
}
