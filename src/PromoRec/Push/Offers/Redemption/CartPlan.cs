using System.Globalization;
using System.Text;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>What a cart asks of a ledger: one place that takes from all budgets of all its offers at once.</summary>
internal sealed class CartPlan
{
    /// <summary>Most budgets that a ledger takes from at once.</summary>
    public const int MaxClaims = 64;

    private static readonly LedgerLabel Redemption = LedgerLabel.Of("redemption", "");

    private readonly RedemptionRequest _request;

    private CartPlan(RedemptionRequest request, BasketPricing pricing, IReadOnlyList<CartClaim> claims)
    {
        _request = request;
        Pricing = pricing;
        Claims = claims;
    }

    public BasketPricing Pricing { get; }

    public IReadOnlyList<CartClaim> Claims { get; }

    public static CartPlan Of(RedemptionRequest request, BasketPricing pricing, OfferLimits limits, DateTimeOffset now)
    {
        List<CartClaim> claims = [];
        foreach (PricedIncentive incentive in pricing.Incentives.Where(static each => each.IsApplied))
        {
            CartOffer offer = request.Offers.First(each => each.Offer.Id == incentive.Offer);
            foreach ((BudgetRule rule, BudgetName name) in limits.BudgetsOf(limits.ProfileOf(offer.Offer), request.Customer, now, request.Basket))
            {
                long amount = AmountOf(rule.Budget.Measure, incentive);
                if (amount > 0)
                {
                    ClaimOn(claims, name).Add(offer, rule, amount);
                }
            }
        }

        return new CartPlan(request, pricing, claims);
    }

    /// <summary>The name of a cart in a ledger, where messages have theirs, too.</summary>
    public static string LedgerKey(string key) => $"cart:{key}";

    /// <summary>Tells an order from any other: equal for equal goods, prices and offers, in whatever order they stand.</summary>
    public static LedgerLabel OrderLabel(RedemptionRequest request)
    {
        StringBuilder text = new();
        Append(text, request.Basket.Currency, request.Basket.Store, request.Basket.Session, Number(request.Basket.Shipping), request.Method.ToString());
        foreach (string line in request.Basket.Lines.Select(Text).Order(StringComparer.Ordinal))
        {
            text.Append(line);
        }

        foreach (string id in request.Offers.Select(each => each.Offer.Id.ToString()).Order(StringComparer.Ordinal))
        {
            Append(text, "offer", id);
        }

        return LedgerLabel.Of("order", text.ToString());
    }

    /// <param name="timeToLive">How long the place is held.</param>
    /// <param name="raised">The claims that may use their overdrafts.</param>
    public ReservationRequest ToReservation(TimeSpan timeToLive, IReadOnlyCollection<CartClaim> raised) => new()
    {
        UserId = _request.Customer.UserId,
        Key = LedgerKey(_request.Key),
        Labels = [Redemption, .. Pricing.Incentives.Where(static each => each.IsApplied).Select(static each => LedgerLabel.Of("redeemed", each.Offer.ToString()))],
        ShortLabels = [OrderLabel(_request)],
        Budgets = [.. Claims.Select(claim => claim.ToClaim(raised.Contains(claim)))],
        TimeToLive = timeToLive,
        OnExpiry = ExpiryAction.Release,
        IfHeld = HeldAction.Replace,

        // What a customer buys does not rest on consent to be sent to.
        ConsentVersion = long.MaxValue,
    };

    private static CartClaim ClaimOn(List<CartClaim> claims, BudgetName name)
    {
        CartClaim? claim = claims.Find(each => each.Name == name);
        if (claim is null)
        {
            claims.Add(claim = new CartClaim(name));
        }

        return claim;
    }

    private static long AmountOf(BudgetMeasure measure, PricedIncentive incentive) => measure switch
    {
        BudgetMeasure.Redemptions => 1,
        BudgetMeasure.DiscountValue => Money.ToUnits(incentive.Discount),
        _ => Money.ToUnits(incentive.Initial),
    };

    private static string Text(BasketLine line)
    {
        StringBuilder text = new();
        Append(text, line.Item.Id.ToString(), Number(line.Quantity), Number(line.UnitPrice));
        return text.ToString();
    }

    /// <summary>Each part with its length before it, so that no two lists of parts make one text.</summary>
    private static void Append(StringBuilder text, params ReadOnlySpan<string?> parts)
    {
        foreach (string? part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}");
        }
    }

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
