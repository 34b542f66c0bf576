using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Push.Offers.Redemption;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Push.Offers;

/// <summary>A shop that redeems offers over a ledger in memory, with a clock that a test moves.</summary>
internal sealed class RedemptionShop
{
    public RedemptionShop(params ReadOnlySpan<(OfferId Offer, OfferRules Rules)> rules)
        : this(OfferScenario.Options, rules)
    {
    }

    public RedemptionShop(OfferLimitOptions options, params ReadOnlySpan<(OfferId Offer, OfferRules Rules)> rules)
    {
        Ledger = new InMemoryReservationLedger(null, Time);
        foreach ((OfferId offer, OfferRules each) in rules)
        {
            Rules.Set(offer, each);
        }

        Limits = new OfferLimits(Rules, options);
        Redemptions = new OfferRedemptions(Limits, Ledger, Time);
    }

    public ManualTime Time { get; } = new(OfferScenario.Noon);

    public InMemoryOfferRules Rules { get; } = new();

    public InMemoryReservationLedger Ledger { get; }

    public OfferLimits Limits { get; }

    public OfferRedemptions Redemptions { get; }

    /// <summary>A cart of tea at a price.</summary>
    public static RedemptionRequest Cart(string key, decimal price, params ReadOnlySpan<Offer> offers)
    {
        List<CartOffer> list = [];
        foreach (Offer offer in offers)
        {
            list.Add(new CartOffer(offer));
        }

        return new RedemptionRequest
        {
            Key = key,
            Customer = OfferScenario.Ann,
            Basket = OfferScenario.Basket((OfferScenario.Tea, 1, price)),
            Offers = [.. list],
        };
    }

    public static RedemptionRequest By(UserId user, RedemptionRequest request) => request with { Customer = request.Customer with { UserId = user } };

    public static RedemptionRequest Shown(RedemptionRequest request) => request with { Offers = [.. request.Offers.Select(offer => offer with { WasShown = true })] };

    public ValueTask<RedemptionResult> Reserve(RedemptionRequest request) => Redemptions.ReserveAsync(request, TestContext.Current.CancellationToken);

    public ValueTask<RedemptionResult> Commit(RedemptionRequest request) => Redemptions.CommitAsync(request, TestContext.Current.CancellationToken);

    public ValueTask<SettlementStatus> Refund(string key, RefundRequest refund) => Redemptions.RefundAsync("ann", key, refund, TestContext.Current.CancellationToken);

    /// <summary>What is taken of each of an offer's budgets.</summary>
    public async Task<decimal[]> Taken(Offer offer, PushCustomer? customer = null, Basket? basket = null) =>
        [.. (await Redemptions.ReadBudgetsAsync(offer, customer ?? OfferScenario.Ann, basket, TestContext.Current.CancellationToken)).Select(status => status.Taken)];
}
