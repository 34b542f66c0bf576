using Microsoft.Extensions.Primitives;

namespace PromoRec;

/// <summary>Where a shop's offers come from. Implement it over the shop's own offer tables, or use <see cref="InMemoryOfferCatalog"/>.</summary>
/// <remarks>
/// Any number of threads may call it. Whoever changes the catalog first makes <see cref="Current"/> return the new snapshot and then
/// fires the token that was handed out before. Ranking prepares itself inside that callback, on the thread that fires the token, so that
/// the next request sees the new offers. A snapshot with faults is refused: the offers before it stay, and an error is logged.
/// </remarks>
public interface IOfferCatalog
{
    /// <summary>The offers as they are now. The same snapshot until a token fires.</summary>
    CatalogSnapshot Current { get; }

    /// <summary>A token that fires once, when <see cref="Current"/> next changes.</summary>
    IChangeToken GetChangeToken();
}
