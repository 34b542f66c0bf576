using FsCheck.Fluent;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Tests.Properties;

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
        Prop.ForAll(Gen.Choose(-900, 50).Zip(Gen.Choose(1, 50)).ListOf().ToArbitrary(), points =>
        {
            (int Hour, int Price)[] history = [.. points.DistinctBy(point => point.Item1).OrderBy(point => point.Item1)];
            PriceReference reference = Of(1) with { History = [.. points.DistinctBy(point => point.Item1).Select(point => new PricePoint(Cut.AddHours(point.Item1), point.Item2))] };
            int? lowest = int.MaxValue;
            for (int hour = -720; hour < 0; hour++)
            {
                int known = history.Count(point => point.Hour <= hour);
                lowest = known == 0 || lowest is null ? null : Math.Min(lowest.Value, history[known - 1].Price);
            }

            return reference.Lowest == lowest;
        }).Holds();

    private static PriceReference Of(decimal price, params (int Day, decimal Price)[] history) => new()
    {
        Item = "tea",
        Price = price,
        ReducedAt = Cut,
        History = [.. history.Select(point => new PricePoint(Cut.AddDays(point.Day), point.Price))],
    };
}
