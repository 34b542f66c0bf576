using PromoRec.Evaluation;

namespace PromoRec.Tests.Evaluation;

public sealed class GroupParityTests
{
    private static readonly CatalogSnapshot Catalog = new(
        [
            Offer("half", OfferTerms.PercentOff(50)),
            Offer("tenth", OfferTerms.Member(10)),
            Offer("two", OfferTerms.CashOff(2), OfferTarget.Category("tea")),
            Offer("third", OfferTerms.BuyAndGet(2, 1)),
            Offer("basket", OfferTerms.SpendThreshold(5)) with { MinimumSpend = 20 },
            Offer("price", OfferTerms.TimeLimitedPrice(1), OfferTarget.Item("green")),
            Offer("ship", OfferTerms.FreeShipping),
        ],
        [new Item { Id = "green", Categories = ["tea"], Price = 4 }, new Item { Id = "black", Categories = ["tea"], Price = 12 }, new Item { Id = "mint", Categories = ["tea"] }]);

    [Fact]
    public void Reach_and_depth_are_what_they_are_by_hand()
    {
        Dictionary<UserId, string> groups = new() { ["a1"] = "north", ["a2"] = "north", ["a3"] = "north", ["a4"] = "north", ["b1"] = "south", ["b2"] = "south" };
        ShownOffer[] shown = [new("a1", "half"), new("a1", "tenth"), new("a2", "two"), new("a2", "two"), new("a3", "gone"), new("b1", "third"), new("nobody", "half")];

        GroupParityReport report = GroupParity.Measure(groups, shown, Catalog, new GroupParityOptions { MinimumGroupSize = 1, Resamples = 200 });

        // North: three of four reached; a1 saves (0.5 + 0.1) / 2, a2 2 of 8 twice, a3 saw nothing that is known. South: one of two, saves a third.
        Assert.Equal(["north", "south"], report.Groups.Select(group => group.Group));
        AssertEstimate(0.75, 4, report.Groups[0].Reach);
        AssertEstimate((0.3 + 0.25) / 2, 2, report.Groups[0].Depth!.Value);
        AssertEstimate(0.5, 2, report.Groups[1].Reach);
        AssertEstimate(1.0 / 3, 1, report.Groups[1].Depth!.Value);
        Assert.Equal(0.5 / 0.75, report.ReachRatio!.Value, 12);
        Assert.Equal(0.275 * 3, report.DepthRatio!.Value, 12);
        Assert.Equal((true, false, true), (report.ReachAlarm, report.DepthAlarm, report.Alarm));
        Assert.Equal((1, 1L), (report.CustomersWithoutGroup, report.UnknownOffersShown));
    }

    [Fact]
    public void Every_form_has_the_depth_that_can_be_told()
    {
        double[] depths = [.. Catalog.Offers.Select(offer => GroupParity.Measure(new Dictionary<UserId, string> { [1] = "all" }, [new(1, offer.Id)], Catalog).Groups[0].Depth!.Value.Mean)];

        double[] expected = [0.5, 0.1, 0.25, 1.0 / 3, 0.25, 0.75, 0];
        Assert.All(expected.Zip(depths), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(79, true)]
    public void The_alarm_is_raised_below_four_fifths(int reachedOfSecond, bool alarm)
    {
        GroupParityReport report = Reached(("first", 100, 100), ("second", 100, reachedOfSecond));

        Assert.Equal(reachedOfSecond / 100.0, report.ReachRatio);
        Assert.Equal((alarm, false), (report.ReachAlarm, report.DepthAlarm));
        Assert.Equal(alarm, report.ToString().Contains("ALARM: below 0.8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_that_is_too_small_is_reported_and_not_compared()
    {
        GroupParityReport report = Reached(("large", 100, 90), ("other", 50, 45), ("small", 29, 0));

        Assert.Equal([false, false, true], report.Groups.Select(group => group.Reach.IsTooSmall));
        Assert.Equal(1, report.ReachRatio);
        Assert.False(report.Alarm);
        Assert.Contains("small: reach 0.0000 (0.0000 to 0.0000, 29 customers) too few to compare, depth not known", report.ToString(), StringComparison.Ordinal);

        GroupParityReport alone = Reached(("large", 100, 90), ("small", 29, 0));
        Assert.Null(alone.ReachRatio);
        Assert.False(alone.Alarm);
        Assert.Contains("fewer than two groups are large enough", alone.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_is_reached_groups_are_even() => Assert.Equal(1, Reached(("a", 40, 0), ("b", 40, 0)).ReachRatio);

    [Fact]
    public void Intervals_are_those_of_the_bootstrap_and_the_text_names_no_customer()
    {
        GroupParityReport report = Reached(("first", 200, 120), ("second", 100, 100));

        double[] reached = [.. Enumerable.Range(0, 200).Select(i => i < 120 ? 1.0 : 0)];
        GroupEstimate reach = report.Groups[0].Reach;
        (double low, double high) = BootstrapInterval.OfMean(reached);
        Assert.InRange(reach.Low, low - 0.02, low + 0.02);
        Assert.InRange(reach.High, high - 0.02, high + 0.02);
        Assert.True(reach.Low < 0.6 && reach.High > 0.6);
        Assert.DoesNotContain("customer-", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(report.ToString(), Reached(("first", 200, 120), ("second", 100, 100)).ToString());
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        var one = new Dictionary<UserId, string> { ["secret"] = "g" };
        Assert.Contains("no customers", Assert.Throws<ArgumentException>(() => GroupParity.Measure(new Dictionary<UserId, string>(), [], Catalog)).Message, StringComparison.Ordinal);
        ArgumentException unnamed = Assert.Throws<ArgumentException>(() => GroupParity.Measure(new Dictionary<UserId, string> { ["secret"] = " ", [default] = "g" }, [], Catalog));
        Assert.Contains("1 customers are in a group without a name, and 1 have an empty id", unnamed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", unnamed.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GroupParity.Measure(one, [default], Catalog));
        ArgumentException options = Assert.Throws<ArgumentException>(() => GroupParity.Measure(one, [], Catalog, new GroupParityOptions { AlarmBelow = 0, MinimumGroupSize = 0, Resamples = 0, ConfidenceLevel = 1 }));
        Assert.All(["AlarmBelow", "MinimumGroupSize", "Resamples", "ConfidenceLevel"], name => Assert.Contains(name, options.Message, StringComparison.Ordinal));
    }

    private static void AssertEstimate(double mean, int customers, GroupEstimate estimate)
    {
        Assert.Equal(mean, estimate.Mean, 12);
        Assert.Equal((customers, false), (estimate.Customers, estimate.IsTooSmall));
        Assert.True(estimate.Low <= estimate.Mean + 1e-12 && estimate.Mean <= estimate.High + 1e-12);
    }

    private static GroupParityReport Reached(params (string Group, int Customers, int Reached)[] groups)
    {
        var members = new Dictionary<UserId, string>();
        var shown = new List<ShownOffer>();
        foreach ((string group, int customers, int reached) in groups)
        {
            for (int i = 0; i < customers; i++)
            {
                members.Add($"customer-{group}-{i}", group);
                if (i < reached)
                {
                    shown.Add(new ShownOffer($"customer-{group}-{i}", "half"));
                }
            }
        }

        return GroupParity.Measure(members, shown, Catalog);
    }

    private static Offer Offer(OfferId id, OfferTerms terms, params OfferTarget[] targets) => new() { Id = id, Terms = terms, Targets = targets.Length == 0 ? [OfferTarget.WholeShop] : targets };
}
