using PromoRec.Evaluation;
using PromoRec.Models.Hybrid;

namespace PromoRec.Tuning;

/// <summary>One moment at which customers had offers, and what they took of them afterwards.</summary>
/// <param name="Model">A hybrid whose members were trained on what was known before the moment; with anything later in it, what is learnt is worth nothing.</param>
/// <param name="Catalog">The offers, and what the shop says about its items.</param>
/// <param name="Taken">Who took which offer afterwards.</param>
/// <param name="At">The moment: offers that are not valid then are left out.</param>
public sealed record OfferOccasion(HybridModel Model, CatalogSnapshot Catalog, IReadOnlyList<UserOffer> Taken, DateTimeOffset At)
{
    internal static RankRequest Everything { get; } = new() { HideRedeemed = false, HidePurchased = false };

    /// <summary>How the host asks for each customer's offers: what it hides, and the context. Unless set, every valid offer is shown, whatever was redeemed or purchased before, and nothing is known of the context.</summary>
    public Func<UserId, RankRequest>? RequestOf { get; init; }

    /// <summary>Who is in which segment; unless set, offers for segments are for nobody.</summary>
    public ICustomerDirectory? Customers { get; init; }
}
