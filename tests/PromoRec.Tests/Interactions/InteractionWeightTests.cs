using PromoRec.Interactions;

namespace PromoRec.Tests.Interactions;

public class InteractionWeightTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void After_whole_half_lives_exactly_that_power_of_a_half_is_left()
    {
        var weight = new InteractionWeight(1, Week);
        Assert.Equal(1.0, weight.DecayAt(TimeSpan.Zero));
        Assert.Equal(0.5, weight.DecayAt(Week));
        Assert.Equal(0.25, weight.DecayAt(2 * Week));
        Assert.Equal(1.0 / 1024, weight.DecayAt(10 * Week));
        Assert.Equal(0.5, new InteractionWeight(1, TimeSpan.FromTicks(1)).DecayAt(TimeSpan.FromTicks(1)));
    }

    [Theory]
    [InlineData(3.5, 0.70710678118654752440)]
    [InlineData(1, 0.90572366426390668)]
    [InlineData(10, 0.37149857228423697)]
    public void Between_half_lives_it_falls_exponentially(double days, double expected) =>
        Assert.Equal(expected, new InteractionWeight(1, Week).DecayAt(TimeSpan.FromDays(days)), 1e-15);

    [Fact]
    public void It_equals_the_power_of_two_closely_everywhere_and_never_rises()
    {
        double previous = 1;
        for (long age = 0; age < 40_000; age += 7)
        {
            double left = HalfLifeDecay.At(age, 1_000, 0);
            Assert.Equal(1, left / Math.Pow(2, -age / 1_000d), 2e-15);
            Assert.True(left <= previous);
            previous = left;
        }
    }

    [Fact]
    public void It_never_falls_below_the_floor()
    {
        var weight = new InteractionWeight(1, Week, 0.3);
        Assert.Equal(0.5, weight.DecayAt(Week));
        Assert.Equal(0.3, weight.DecayAt(2 * Week));
        Assert.Equal(0.3, weight.DecayAt(TimeSpan.MaxValue));
        Assert.Equal(0.0, new InteractionWeight(1, TimeSpan.FromTicks(1)).DecayAt(TimeSpan.MaxValue));
    }

    [Fact]
    public void Without_a_half_life_or_before_the_event_nothing_fades()
    {
        Assert.Equal(1.0, new InteractionWeight(1).DecayAt(TimeSpan.FromDays(10_000)));
        Assert.Equal(1.0, new InteractionWeight(1, Week).DecayAt(-Week));
    }

    [Fact]
    public void The_defaults_are_those_documented()
    {
        var weights = new InteractionWeights();
        (InteractionKind Kind, double Weight)[] expected =
        [
            (InteractionKind.Purchase, 1), (InteractionKind.Redeem, 1), (InteractionKind.Rating, 1), (InteractionKind.Cart, 0.5), (InteractionKind.Click, 0.2),
            (InteractionKind.View, 0.2), (InteractionKind.Search, 0.1), (InteractionKind.Impression, 0), (InteractionKind.Dismiss, -0.5), (InteractionKind.Unsubscribe, 0),
        ];
        Assert.All(expected, pair => Assert.Equal(new InteractionWeight(pair.Weight), weights[pair.Kind]));
        Assert.Equal(expected.Select(pair => pair.Kind.Name).Order(StringComparer.Ordinal), weights.Kinds.Select(kind => kind.Name));
    }

    [Fact]
    public void A_host_gives_its_own_kinds_a_weight()
    {
        var weights = new InteractionWeights();
        var wishlist = new InteractionKind("Wishlist");
        ArgumentException missing = Assert.Throws<ArgumentException>(() => weights[wishlist]);
        Assert.Contains("'wishlist' has no weight", missing.Message, StringComparison.Ordinal);
        weights[wishlist] = new InteractionWeight(0.7);
        Assert.Equal(0.7, weights[new InteractionKind("wishlist")].Weight);
        weights.SetHalfLife(Week, 0.1);
        Assert.Equal(new InteractionWeight(0.7, Week, 0.1), weights[wishlist]);
        Assert.Equal(new InteractionWeight(-0.5, Week, 0.1), weights[InteractionKind.Dismiss]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wish list")]
    [InlineData("wünsche")]
    public void A_kind_with_a_bad_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => new InteractionKind(name));
}
