using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Tests.Push.Offers;

public class PriceReferenceTests
{
    private static readonly DateTimeOffset Cut = OfferScenario.Noon;

    [Fact]
    public void The_lowest_price_of_the_thirty_days_counts_and_none_before()
    {
        PriceReference reference = Of(100, (-60, 70), (-40, 100), (-20, 90), (-10, 100));
        Assert.Equal(90, reference.Lowest);
        Assert.False(reference.Holds);
        Assert.True((reference with { Price = 90 }).Holds);
    }

    [Fact]
    public void A_price_that_held_when_the_days_began_counts_although_it_was_set_before() => Assert.Equal(80, Of(80, (-45, 80), (-29, 120)).Lowest);

    [Fact]
    public void The_reduced_price_itself_does_not_count() => Assert.Equal(100, Of(100, (-31, 100), (0, 60), (1, 50)).Lowest);

    [Fact]
    public void A_history_that_is_too_short_proves_nothing()
    {
        Assert.Null(Of(10, (-29, 100)).Lowest);
        Assert.False(Of(10, (-29, 100)).Holds);
        Assert.False(Of(10).Holds);
        Assert.True(Of(10, (-30, 100)).Holds);
    }

    [Fact]
    public void It_is_the_least_of_the_prices_at_every_hour() =>
        Prop.ForAll(
            Gen.Choose(-2000, 100).Zip(Gen.Choose(1, 50), (hour, price) => (hour, price)).ListOf().ToArbitrary(),
            Gen.Choose(30, 60).ToArbitrary(),
            (points, days) =>
            {
                (int Hour, int Price)[] history = [.. points.DistinctBy(point => point.hour)];
                PriceReference reference = Of(1) with
                {
                    Days = days,
                    History = [.. history.Select(point => new PricePoint(Cut.AddHours(point.Hour), point.Price))],
                };
                int?[] hourly = [.. Enumerable.Range(-days * 24, days * 24).Select(hour => history.Where(point => point.Hour <= hour).OrderBy(point => point.Hour).Select(point => (int?)point.Price).LastOrDefault())];
                return reference.Lowest == (hourly.Contains(null) ? null : hourly.Min());
            }).QuickCheckThrowOnFailure();

    private static PriceReference Of(decimal price, params (int Day, decimal Price)[] history) => new()
    {
        Item = "tea",
        Price = price,
        ReducedAt = Cut,
        History = [.. history.Select(point => new PricePoint(Cut.AddDays(point.Day), point.Price))],
    };
}
