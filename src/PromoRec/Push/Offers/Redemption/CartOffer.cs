namespace PromoRec.Push.Offers.Redemption;

/// <summary>An offer that a cart would like to have.</summary>
/// <param name="Offer">The offer.</param>
public sealed record CartOffer(Offer Offer)
{
    /// <summary>Whether the customer was shown that the offer could be had, so that a budget's overdraft may be used.</summary>
    public bool WasShown { get; init; }

    /// <summary>When the offer was published to this customer, for one that holds for a while after that.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}
