using PromoRec.Interactions;
using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class ShopTruthTests
{
    [Fact]
    public void View_probabilities_of_a_customer_sum_to_one()
    {
        for (int customer = 0; customer < 20; customer++)
        {
            Assert.Equal(1, Enumerable.Range(0, 400).Sum(item => Shops.Medium.Truth.ViewProbability(customer, item)), 1e-6);
        }
    }

    [Fact]
    public void Views_of_items_follow_their_probabilities()
    {
        // One customer with very many visits, so that every item's share can be told.
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 1, Items = 30, Interactions = 100_000, PushShare = 0, Seed = 11 });
        SimulatedEvent[] views = [.. simulator.Events.Where(static one => one.Kind == InteractionKind.View)];

        double chiSquared = 0;
        int freedom = -1;
        foreach (IGrouping<bool, (int Item, double Expected)> group in Enumerable.Range(0, 30)
            .Select(item => (Item: item, Expected: simulator.Truth.ViewProbability(0, item) * views.Length))
            .GroupBy(static cell => cell.Expected >= 20))
        {
            // Items that are expected too seldom count as one.
            IEnumerable<(int[] Items, double Expected)> cells = group.Key
                ? group.Select(static cell => (new[] { cell.Item }, cell.Expected))
                : [([.. group.Select(static cell => cell.Item)], group.Sum(static cell => cell.Expected))];
            foreach ((int[] items, double expected) in cells)
            {
                double observed = views.Count(view => items.Contains(view.Item));
                chiSquared += (observed - expected) * (observed - expected) / Math.Max(expected, 1);
                freedom++;
            }
        }

        // Mean k, variance 2k: five standard deviations.
        Assert.InRange(chiSquared, 0, freedom + (5 * Math.Sqrt(2.0 * freedom)));
    }

    [Fact]
    public void Carts_and_purchases_follow_their_probabilities()
    {
        ShopSimulator simulator = Shops.Medium;
        double carts = 0, expectedCarts = 0, cartVariance = 0, bought = 0, expectedBought = 0, boughtVariance = 0;
        foreach (SimulatedEvent one in simulator.Events.Where(static one => one.Push < 0))
        {
            if (one.Kind == InteractionKind.View)
            {
                double cart = simulator.Truth.CartProbability(one.Customer, one.Item);
                expectedCarts += cart;
                cartVariance += cart * (1 - cart);
            }
            else if (one.Kind == InteractionKind.Cart)
            {
                carts++;
                double buy = simulator.Truth.BuyProbability(one.Customer, one.Item);
                expectedBought += buy;
                boughtVariance += buy * (1 - buy);
            }
            else
            {
                bought++;
            }
        }

        Assert.InRange((carts - expectedCarts) / Math.Sqrt(cartVariance), -4, 4);
        Assert.InRange((bought - expectedBought) / Math.Sqrt(boughtVariance), -4, 4);
    }

    [Fact]
    public void The_purchase_probability_is_the_product_of_its_parts()
    {
        ShopTruth truth = Shops.Medium.Truth;

        Assert.Equal(truth.ViewProbability(3, 5) * truth.CartProbability(3, 5) * truth.BuyProbability(3, 5), truth.PurchaseProbability(3, 5), 1e-15);
    }

    [Fact]
    public void Price_sensitive_customers_leave_dear_items()
    {
        ShopSimulator simulator = Shops.Medium;
        SimulatedCustomer careful = simulator.Customers.MaxBy(static customer => customer.PriceSensitivity)!;
        var byTaste = simulator.Items.GroupBy(item => (item.Item.Categories[0], item.Tier)).First(static group => group.Count() > 5).OrderBy(static item => item.Dearness).ToArray();

        Assert.True(simulator.Truth.CartProbability(careful.Number, byTaste[0].Number) > simulator.Truth.CartProbability(careful.Number, byTaste[^1].Number));
    }

    [Fact]
    public void Without_taste_everybody_follows_popularity()
    {
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 10, Items = 50, Interactions = 100, TasteStrength = 0, Loyalty = 0 });

        foreach (SimulatedItem item in simulator.Items)
        {
            Assert.Equal(item.Popularity, simulator.Truth.ViewProbability(4, item.Number), 1e-6);
            Assert.Equal(0, simulator.Truth.Affinity(4, item.Number), 1e-4);
        }
    }

    [Fact]
    public void Popularity_is_a_power_law()
    {
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 3_000, Items = 1_000, Interactions = 200_000, PopularityExponent = 1, Seed = 2 });
        double[] planted = [.. simulator.Items.Select(static item => item.Popularity).OrderDescending()];
        var counts = new double[1_000];
        foreach (SimulatedEvent one in simulator.Events.Where(static one => one.Kind == InteractionKind.View))
        {
            counts[one.Item]++;
        }

        Array.Sort(counts, static (x, y) => y.CompareTo(x));

        Assert.Equal(-1, Slope(planted), 1e-9);
        Assert.InRange(Slope(counts[..500]), -1.25, -0.8);
        Assert.InRange(counts[..10].Sum() / counts.Sum(), 0.25, 0.5);

        // Least squares of log count over log rank.
        static double Slope(double[] values)
        {
            double[] x = [.. Enumerable.Range(1, values.Length).Select(static rank => Math.Log(rank))];
            double[] y = [.. values.Select(static value => Math.Log(value))];
            double meanX = x.Average();
            double meanY = y.Average();
            return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        }
    }

    [Fact]
    public void Purchases_show_the_planted_tastes()
    {
        ShopSimulator simulator = Shops.Medium;
        int[] categories = [.. simulator.Items.Select(item => simulator.Categories.ToList().IndexOf(item.Item.Categories[0]))];
        int[] favourite = [.. simulator.Customers.Select(static customer => customer.CategoryShares.Index().MaxBy(static share => share.Item).Index)];
        SimulatedEvent[] bought = [.. simulator.Events.Where(static one => one.Kind == InteractionKind.Purchase)];

        double inFavourite = bought.Average(one => categories[one.Item] == favourite[one.Customer] ? 1.0 : 0);
        double byChance = bought.Average(one => categories[one.Item] == favourite[(one.Customer + 1) % 1_000] ? 1.0 : 0);

        Assert.True(inFavourite > 0.3 && inFavourite > 3 * byChance, $"{inFavourite:F3} of the purchases are in the top category, {byChance:F3} by chance.");
    }

    [Fact]
    public void Purchases_are_repeated_but_diverse()
    {
        var perCustomer = Shops.Medium.Events.Where(static one => one.Kind == InteractionKind.Purchase).GroupBy(static one => one.Customer).Where(static group => group.Count() >= 20).ToArray();

        double distinct = perCustomer.Average(static group => group.Select(static one => one.Item).Distinct().Count() / (double)group.Count());

        Assert.InRange(distinct, 0.3, 0.85);
    }

    [Fact]
    public void The_truth_ranks_later_purchases_far_better_than_popularity()
    {
        // What a learner can gain at most: the margin that the demo's model lives in.
        ShopSimulator simulator = Shops.Medium;
        SimulatedEvent[] bought = [.. simulator.Events.Where(static one => one.Kind == InteractionKind.Purchase)];
        SimulatedEvent[] earlier = bought[..(bought.Length * 8 / 10)];
        var popularity = new double[400];
        foreach (SimulatedEvent one in earlier)
        {
            popularity[one.Item]++;
        }

        double byTruth = 0, byPopularity = 0;
        var later = bought[earlier.Length..].GroupBy(static one => one.Customer).ToArray();
        foreach (var group in later)
        {
            HashSet<int> relevant = [.. group.Select(static one => one.Item)];
            byTruth += Ndcg(item => simulator.Truth.PurchaseProbability(group.Key, item), relevant);
            byPopularity += Ndcg(item => popularity[item], relevant);
        }

        Assert.True(byTruth > 2 * byPopularity, $"NDCG@10 by truth {byTruth / later.Length:F3}, by popularity {byPopularity / later.Length:F3}.");

        static double Ndcg(Func<int, double> score, HashSet<int> relevant)
        {
            double gained = Enumerable.Range(0, 400).OrderByDescending(score).Take(10).Index().Sum(place => relevant.Contains(place.Item) ? 1 / Math.Log2(place.Index + 2) : 0);
            return gained / Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(static place => 1 / Math.Log2(place + 2));
        }
    }

    [Fact]
    public void Numbers_that_the_shop_does_not_have_are_refused()
    {
        ShopTruth truth = Shops.Medium.Truth;

        Assert.Contains("from 0 to 999", Assert.Throws<ArgumentOutOfRangeException>("customer", () => truth.Affinity(1_000, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("item", () => truth.ViewProbability(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("offer", () => truth.OfferAffinity(0, 1_000_000));
        Assert.Throws<ArgumentOutOfRangeException>("fatigue", () => truth.Push(0, 0, Shops.Medium.Start, SimulatedChannel.App, -1));
    }
}
