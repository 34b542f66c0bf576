using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class SimulatorOptionsTests
{
    [Fact]
    public void Options_out_of_range_are_refused_with_the_name_the_value_and_the_range()
    {
        (Action<SimulatorOptions> Spoil, string[] Says)[] faults =
        [
            (static o => o.Customers = 0, ["Customers is 0", "from 1 to 10000000"]),
            (static o => o.Items = -5, ["Items is -5"]),
            (static o => o.Interactions = 99, ["Interactions is 99", "from 100"]),
            (static o => o.Days = 0, ["Days is 0", "from 1 to 3650"]),
            (static o => o.Categories = 501, ["Categories is 501"]),
            (static o => o.Brands = 0, ["Brands is 0"]),
            (static o => o.PopularityExponent = double.NaN, ["PopularityExponent is NaN"]),
            (static o => o.ActivitySpread = double.PositiveInfinity, ["ActivitySpread is Infinity"]),
            (static o => o.TasteStrength = -0.1, ["TasteStrength is -0.1"]),
            (static o => o.Loyalty = 0.95, ["Loyalty is 0.95"]),
            (static o => o.ChurnShare = 1.1, ["ChurnShare is 1.1"]),
            (static o => o.ConsentShare = -1, ["ConsentShare is -1"]),
            (static o => o.PushShare = 0.91, ["PushShare is 0.91"]),
            (static o => o.HoldoutShare = 1, ["HoldoutShare is 1"]),
            (static o => o.Exploration = 0, ["Exploration is 0"]),
            (static o => o.Campaigns = 0, ["Campaigns is 0"]),
            (static o => o.OffersPerCampaign = 0, ["OffersPerCampaign is 0"]),
            (static o => (o.Campaigns, o.OffersPerCampaign) = (10_000, 10_000), ["Campaigns times OffersPerCampaign"]),
            (static o => (o.Customers, o.Items, o.Categories) = (10_000_000, 1_000, 500), ["Customers times Categories"]),
            (static o => o.Start = DateTimeOffset.MinValue, ["Start.Year is 1"]),
        ];

        foreach ((Action<SimulatorOptions> spoil, string[] says) in faults)
        {
            var options = new SimulatorOptions();
            spoil(options);
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ShopSimulator(options));
            Assert.Equal("options", error.ParamName);
            Assert.All(says, words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
        }

        Assert.Throws<ArgumentNullException>(static () => new ShopSimulator(null!));
    }

    [Fact]
    public void Options_set_after_the_shop_was_made_change_nothing()
    {
        var options = new SimulatorOptions { Customers = 50, Items = 20, Interactions = 500 };
        var simulator = new ShopSimulator(options);
        options.Interactions = 1_000;

        Assert.Equal(500, simulator.Events.Count());
    }

    [Fact]
    public void The_start_is_taken_in_UTC()
    {
        var start = new DateTimeOffset(2025, 6, 1, 2, 30, 0, TimeSpan.FromHours(2));

        Assert.Equal(new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), new ShopSimulator(new SimulatorOptions { Customers = 5, Items = 5, Start = start }).Start);
    }

    [Fact]
    public void Extreme_shops_work()
    {
        SimulatorOptions[] extremes =
        [
            new() { Customers = 1, Items = 1, Interactions = 1_000, Days = 1, Categories = 1, Brands = 1, Campaigns = 1, OffersPerCampaign = 1 },
            new() { Customers = 50, Items = 3, Interactions = 5_000, Categories = 500, Brands = 5_000, TasteStrength = 4, PopularityExponent = 3 },
            new() { Customers = 50, Items = 300, Interactions = 5_000, TasteStrength = 0, PopularityExponent = 0, ActivitySpread = 0, Loyalty = 0 },
            new() { Customers = 100, Items = 50, Interactions = 5_000, ChurnShare = 1, ConsentShare = 1, PushShare = 0.9, HoldoutShare = 0.9, Exploration = 1 },
            new() { Customers = 100, Items = 50, Interactions = 5_000, ConsentShare = 0 },
            new() { Customers = 100, Items = 50, Interactions = 5_000, PushShare = 0 },
            new() { Customers = 20, Items = 700, Interactions = 2_000, Categories = 500, Brands = 500, Days = 400, Campaigns = 500, OffersPerCampaign = 3 },
        ];

        foreach (SimulatorOptions options in extremes)
        {
            var simulator = new ShopSimulator(options);
            Assert.InRange(simulator.Events.LongCount(), options.Interactions * 98 / 100, options.Interactions);
            Assert.True(options is { ConsentShare: > 0, PushShare: > 0 } || !simulator.Pushes.Any());
        }
    }
}
