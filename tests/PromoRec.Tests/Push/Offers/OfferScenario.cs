using System.Collections.Immutable;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Tests.Push.Offers;

/// <summary>A shop in Berlin, small enough to change one thing about it in a test.</summary>
internal static class OfferScenario
{
    /// <summary>A Tuesday, 13:00 in Berlin.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    public static PushCustomer Ann { get; } = new() { UserId = "ann", ProfileZone = "America/New_York", Country = "DE" };

    public static Item Tea { get; } = new() { Id = "tea", Categories = ["drinks"], Brand = "Leaf" };

    public static Item Mug { get; } = new() { Id = "mug", Categories = ["kitchen"], Brand = "Clay" };

    public static Item Pot { get; } = new() { Id = "pot", Categories = ["kitchen", "drinks"], Brand = "Clay" };

    public static Offer Tenth { get; } = new() { Id = "tenth", Terms = OfferTerms.PercentOff(10) };

    public static OfferLimitOptions Options => new() { ShopZone = "Europe/Berlin", Currency = "EUR", PseudonymKey = "0123456789abcdef"u8.ToArray() };

    public static OfferLimits Limits(OfferLimitOptions? options = null, params ReadOnlySpan<(OfferId Offer, OfferRules Rules)> rules)
    {
        var table = new InMemoryOfferRules();
        foreach ((OfferId offer, OfferRules each) in rules)
        {
            table.Set(offer, each);
        }

        return new OfferLimits(table, options ?? Options);
    }

    public static Basket Basket(params ReadOnlySpan<(Item Item, int Quantity, decimal Price)> lines)
    {
        ImmutableArray<BasketLine>.Builder builder = ImmutableArray.CreateBuilder<BasketLine>();
        foreach ((Item item, int quantity, decimal price) in lines)
        {
            builder.Add(new BasketLine(item, quantity, price));
        }

        return new Basket { Currency = "EUR", Lines = builder.ToImmutable() };
    }

    public static CustomerZone Zone(string id) => LocalCalendar.TryGet(id, out LocalCalendar? calendar) ? new CustomerZone(ZoneSource.Profile, [calendar]) : default;

    public static LocalCalendar Calendar(string id) => LocalCalendar.TryGet(id, out LocalCalendar? calendar) ? calendar : throw new InvalidOperationException(id);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
