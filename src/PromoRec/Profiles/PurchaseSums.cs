using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>Adds up purchases and redemptions: recency, frequency, monetary value, discounts.</summary>
internal sealed class PurchaseSums(ProfileRules rules, DateTimeOffset asOf)
{
    private readonly Dictionary<(string? OrderId, long Ticks), Order> _orders = [];
    private decimal _spent;
    private long _lastTicks;
    private int _timeless;

    /// <summary>Whether there is any purchase, inside the window or before it.</summary>
    public bool IsBuyer { get; private set; }

    public void Add(in Interaction interaction, CatalogFacts? facts)
    {
        bool isPurchase = interaction.Kind == InteractionKind.Purchase;
        bool isReturn = interaction.Value < 0;
        if (isPurchase && !isReturn)
        {
            IsBuyer = true;
            _lastTicks = Math.Max(_lastTicks, interaction.At.UtcTicks);
        }

        if (!rules.IsInWindow(interaction, asOf))
        {
            return;
        }

        if (isPurchase)
        {
            _spent += isReturn ? -AmountOf(interaction, facts) : AmountOf(interaction, facts);
        }

        if (!isReturn)
        {
            AddToOrder(interaction, isPurchase);
        }
    }

    public RfmValues ToRfm()
    {
        DateTimeOffset? last = _lastTicks == 0 ? null : new DateTimeOffset(_lastTicks, TimeSpan.Zero);
        return new RfmValues(last, asOf - last, _orders.Values.Count(order => order.HasPurchase), _spent);
    }

    public DiscountAffinity ToDiscountAffinity()
    {
        int discounted = _orders.Values.Count(order => order.IsDiscounted);
        double prior = rules.Options.DiscountPriorOrders;
        return new DiscountAffinity((discounted + (prior * rules.Options.DiscountPriorShare)) / (_orders.Count + prior), _orders.Count, discounted);
    }

    private void AddToOrder(in Interaction interaction, bool isPurchase)
    {
        // Of lines without an order or a time nobody knows that they belong together: each is an order.
        string? orderId = interaction.Details?.OrderId;
        long ticks = orderId is not null ? 0 : interaction.At == default ? -(++_timeless) : interaction.At.UtcTicks;
        bool isDiscounted = !isPurchase || !interaction.Offer.IsEmpty || interaction.Details?.Discount > 0;
        Order order = _orders.GetValueOrDefault((orderId, ticks));
        _orders[(orderId, ticks)] = new Order(order.HasPurchase || isPurchase, order.IsDiscounted || isDiscounted);
    }

    private static decimal AmountOf(in Interaction interaction, CatalogFacts? facts)
    {
        if (interaction.Details?.Amount is { } amount)
        {
            return amount;
        }

        // Within these limits neither the product nor the sum of all events leaves the range of decimal.
        decimal price = Math.Min(facts?.Price ?? 0, InteractionDetails.MaxAmount);
        decimal pieces = (decimal)Math.Min(Math.Abs(interaction.Value), ProfileRules.MaxValue);
        return Math.Min(price * pieces, InteractionDetails.MaxAmount);
    }

    private readonly record struct Order(bool HasPurchase, bool IsDiscounted);
}
