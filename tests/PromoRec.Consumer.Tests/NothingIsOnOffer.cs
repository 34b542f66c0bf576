using PromoRec.Push.Offers;

namespace PromoRec.Consumer.Tests;

/// <summary>Rules of a shop that has switched all its offers off.</summary>
internal sealed class NothingIsOnOffer : IOfferRules
{
    private readonly OfferRules _off = new() { IsDisabled = true };

    public OfferRules? Find(OfferId offer) => _off;
}
