namespace PromoRec.Push.Offers.Pricing;

/// <summary>What an offer would do to a basket as it stands.</summary>
/// <param name="Failed">Every constraint that it fails.</param>
/// <param name="Lines">What it would take off each line.</param>
/// <param name="Shipping">What it would take off the delivery.</param>
/// <param name="Points">Points it would give.</param>
internal sealed record Reduction(OfferConstraints Failed, decimal[] Lines, decimal Shipping, int Points)
{
    public decimal Goods { get; } = Lines.Sum();

    public decimal Total => Goods + Shipping;

    public bool HasEffect => Total > 0 || Points > 0;
}
