using PromoRec.Interactions;
using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class ShopSimulatorTests
{
    [Fact]
    public void The_same_options_give_the_same_events()
    {
        var options = new SimulatorOptions { Customers = 300, Items = 100, Interactions = 10_000, Seed = 3 };

        Assert.Equal(Digest(new ShopSimulator(options).Interactions), Digest(new ShopSimulator(options).Interactions));
    }

    [Fact]
    public void A_known_seed_gives_known_events()
    {
        // Changes when the model changes: then say so in the changelog, because everybody's simulated data changes with it.
        var simulator = new ShopSimulator(new SimulatorOptions { Customers = 20, Items = 10, Interactions = 200, Seed = 42 });

        Assert.Equal("16116c5cffe4c056", Digest(simulator.Interactions));
    }

    [Fact]
    public void Another_seed_gives_other_events()
    {
        var options = new SimulatorOptions { Customers = 300, Items = 100, Interactions = 10_000, Seed = 3 };
        string first = Digest(new ShopSimulator(options).Interactions);
        options.Seed = 4;

        Assert.NotEqual(first, Digest(new ShopSimulator(options).Interactions));
    }

    [Fact]
    public void Events_do_not_depend_on_how_they_are_enumerated()
    {
        ShopSimulator simulator = Shops.Medium;
        SimulatedEvent[] whole = [.. simulator.Events];

        // A half-finished enumeration, an interleaved one, and one by way of ids and of pushes.
        Assert.Equal(1_000, simulator.Events.Take(1_000).Count());
        Assert.Equal(simulator.Pushes.Count(), simulator.Pushes.Count());
        using IEnumerator<SimulatedEvent> left = simulator.Events.GetEnumerator();
        using IEnumerator<SimulatedEvent> right = simulator.Events.GetEnumerator();
        using IEnumerator<Interaction> withIds = simulator.Interactions.GetEnumerator();
        Assert.True(right.MoveNext());
        foreach (SimulatedEvent expected in whole)
        {
            Assert.True(left.MoveNext() && withIds.MoveNext());
            Assert.Equal(expected, left.Current);
            Assert.Equal(expected.Customer, simulator.CustomerNumber(withIds.Current.User));
            Assert.Equal(expected.At, withIds.Current.At);
            Assert.Equal(expected.Kind, withIds.Current.Kind);
        }

        Assert.Equal(whole[0], right.Current);
        Assert.False(left.MoveNext());
    }

    [Theory]
    [InlineData(1, 1, 1_000)]
    [InlineData(1, 500, 1_000)]
    [InlineData(5_000, 1, 1_000)]
    [InlineData(200, 50, 1_000)]
    [InlineData(2_000, 500, 100)]
    [InlineData(2_000, 500, 50_000)]
    [InlineData(3, 40_000, 20_000)]
    public void The_number_of_events_is_the_one_asked_for(int customers, int items, long interactions)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var simulator = new ShopSimulator(new SimulatorOptions { Customers = customers, Items = items, Interactions = interactions, Seed = seed });

            Assert.InRange(simulator.Events.LongCount(), interactions * 98 / 100, interactions);
        }
    }

    [Fact]
    public void The_number_of_events_is_the_one_asked_for_however_much_is_pushed()
    {
        foreach (double share in new[] { 0, 0.05, 0.3, 0.6, 0.9 })
        {
            foreach (long interactions in new[] { 1_000, 40_000 })
            {
                var simulator = new ShopSimulator(new SimulatorOptions { Customers = 300, Items = 100, Interactions = interactions, PushShare = share, ConsentShare = 1 });

                Assert.InRange(simulator.Events.LongCount(), interactions * 98 / 100, interactions);
            }
        }
    }

    [Fact]
    public void Activity_fills_the_days()
    {
        SimulatedEvent last = Shops.Medium.Events.Last();

        Assert.InRange((last.At - Shops.Medium.Start) / (Shops.Medium.End - Shops.Medium.Start), 0.85, 1);
    }

    [Fact]
    public void Events_come_in_order_of_time_within_the_simulated_days()
    {
        DateTimeOffset before = Shops.Medium.Start;
        foreach (SimulatedEvent one in Shops.Medium.Events)
        {
            Assert.True(one.At >= before && one.At < Shops.Medium.End);
            before = one.At;
        }
    }

    [Fact]
    public void Event_ids_are_unique_and_every_interaction_names_an_item_or_an_offer()
    {
        var ids = new HashSet<string>();
        foreach (Interaction interaction in Shops.Medium.Interactions)
        {
            Assert.True(ids.Add(interaction.EventId!));
            Assert.False(interaction.User.IsEmpty);
            Assert.False(interaction.Item.IsEmpty && interaction.Offer.IsEmpty);
        }
    }

    [Fact]
    public void Every_kind_of_event_and_every_form_and_target_of_offer_occurs()
    {
        Assert.Equal(
            ["cart", "click", "dismiss", "impression", "purchase", "redeem", "unsubscribe", "view"],
            Shops.Pushy.Events.Select(static one => one.Kind.Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<OfferForm>().Length, Shops.Pushy.Offers.Select(static offer => offer.Terms.Form).Distinct().Count());
        Assert.Equal(Enum.GetValues<OfferTargetKind>().Length, Shops.Pushy.Offers.SelectMany(static offer => offer.Targets).Select(static target => target.Kind).Distinct().Count());
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_events()
    {
        // The second shop has ten times the events of the first and is otherwise as large.
        long few = AllocatedBy(40_000);
        long many = AllocatedBy(400_000);

        Assert.InRange(many - few, -100_000, 1_000_000);

        static long AllocatedBy(long interactions)
        {
            var simulator = new ShopSimulator(new SimulatorOptions { Customers = 1_000, Items = 300, Interactions = interactions });
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(interactions, simulator.Events.LongCount());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Items_and_offers_describe_what_the_events_name()
    {
        ShopSimulator simulator = Shops.Medium;
        Assert.Equal(400, simulator.Items.Count);
        Assert.Equal(1, simulator.Items.Sum(static item => item.Popularity), 1e-9);
        Assert.All(simulator.Items, item =>
        {
            Assert.Equal(item.Number, simulator.ItemNumber(item.Item.Id));
            Assert.Contains(item.Item.Categories[0], simulator.Categories);
            Assert.Contains(item.Item.Brand!, simulator.Brands);
            Assert.True(item.Item.Price > 0);
            Assert.False(string.IsNullOrWhiteSpace(item.Item.Text));
        });
        Assert.All(simulator.Campaigns, campaign => Assert.All(campaign.Offers, number =>
        {
            Offer offer = simulator.Offers[number];
            Assert.Equal(number, simulator.OfferNumber(offer.Id));
            Assert.True(offer.ValidFrom >= campaign.Start && offer.ValidTo <= campaign.End && offer.ValidFrom < offer.ValidTo);
            Assert.All(offer.Targets, target => Assert.True(target.Kind switch
            {
                OfferTargetKind.Item => simulator.ItemNumber(target.ItemId) >= 0,
                OfferTargetKind.Category => simulator.Categories.Contains(target.Name),
                OfferTargetKind.Brand => simulator.Items.Any(item => item.Item.Brand == target.Name),
                _ => true,
            }));
        }));
    }

    [Fact]
    public void Titles_come_in_three_languages()
    {
        Assert.Contains(Shops.Medium.Items, static item => item.Item.Text!.Contains(" von ", StringComparison.Ordinal));
        Assert.Contains(Shops.Medium.Items, static item => item.Item.Text!.Contains(" by ", StringComparison.Ordinal));
        Assert.Contains(Shops.Medium.Items, static item => item.Item.Text!.EndsWith('号'));
    }

    [Fact]
    public void Ids_that_the_shop_did_not_give_have_no_number()
    {
        Assert.Equal(-1, Shops.Medium.CustomerNumber("c1"));
        Assert.Equal(-1, Shops.Medium.CustomerNumber("c999999"));
        Assert.Equal(-1, Shops.Medium.CustomerNumber("x000001"));
        Assert.Equal(-1, Shops.Medium.ItemNumber("c00001"));
        Assert.Equal(-1, Shops.Medium.OfferNumber(default));
        Assert.Equal(1, Shops.Medium.CustomerNumber("c000001"));
    }

    [Fact]
    public void The_customer_directory_knows_the_segments()
    {
        foreach (SimulatedCustomer customer in Shops.Medium.Customers)
        {
            Assert.All(["member", "vip", "new", "other"], segment => Assert.Equal(customer.Segments.Contains(segment), Shops.Medium.IsInSegment(customer.Id, segment)));
        }

        Assert.False(Shops.Medium.IsInSegment("nobody", "member"));
        Assert.InRange(Shops.Medium.Customers.Count(static customer => customer.Segments.Contains("member")), 200, 400);
    }

    private static string Digest(IEnumerable<Interaction> interactions)
    {
        ulong hash = 14695981039346656037;
        foreach (Interaction one in interactions)
        {
            foreach (char c in $"{one.EventId} {one.User} {one.Item} {one.Offer} {one.Kind} {one.Value} {one.At.UtcTicks}\n")
            {
                hash = (hash ^ c) * 1099511628211;
            }
        }

        return hash.ToString("x16");
    }
}
