namespace PromoRec.Push.Offers;

/// <summary>Where the limits of offers come from. Implement it over the shop's own tables, or use <see cref="InMemoryOfferRules"/>.</summary>
/// <remarks>
/// It is asked for every decision from any number of threads: answer from memory, with the same object until the limits change. What is worked out of
/// them is kept for as long.
/// </remarks>
public interface IOfferRules
{
    /// <summary>The limits of an offer; null when it has none beyond its own.</summary>
    OfferRules? Find(OfferId offer);
}
