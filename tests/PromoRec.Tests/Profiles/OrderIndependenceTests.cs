using FsCheck.Fluent;
using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Profiles;

public class OrderIndependenceTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(5)]
    [InlineData(1)]
    public void Order_batches_reads_in_between_and_repeated_ids_change_no_bit(int maxEvents) =>
        Prop.ForAll(ProfileShop.Lists, events =>
        {
            Dictionary<UserId, string> first = Told([events], maxEvents);
            for (int seed = 0; seed < 3; seed++)
            {
                Interaction[] shuffled = Events.Shuffled([.. events, .. events.Where(e => !string.IsNullOrEmpty(e.EventId))], seed);
                Assert.Equal(first, Told(shuffled.Chunk(1 + (seed * 3)), maxEvents));
            }
        }).Holds();

    [Fact]
    public void Threads_that_add_at_once_change_no_bit()
    {
        Interaction[] events = [.. Enumerable.Range(0, 4_000).Select(i => new Interaction(i % 7, new ItemId(i % 3), i % 5 == 0 ? InteractionKind.Purchase : InteractionKind.View, Events.Start.AddMinutes(i * 37 % 9_001))
        {
            Value = 0.1 * (i % 11),
            EventId = i % 4 == 0 ? null : $"e{i % 1_000}",
        })];
        Dictionary<UserId, string> first = Told([events], 300);

        for (int round = 0; round < 5; round++)
        {
            var shop = new ProfileShop(options => options.MaxEventsPerCustomer = 300);
            Parallel.ForEach(Events.Shuffled(events, round).Chunk(100), new ParallelOptions { MaxDegreeOfParallelism = 4 }, batch =>
            {
                shop.Profiles.Add(batch);
                shop.Profiles.Find(batch[0].User);
            });

            Assert.Equal(first, Told(shop));
        }
    }

    [Fact]
    public void Equal_contents_that_are_written_in_two_ways_are_one()
    {
        Interaction one = ProfileShop.Purchase(0, 1) with { EventId = "e", Value = 0.0, Details = new InteractionDetails { Amount = 1.00m, Discount = 0.0m, OrderId = null } };
        Interaction other = one with { At = one.At.ToOffset(TimeSpan.FromHours(5)), Value = -0.0, Details = new InteractionDetails { Amount = 1m, Discount = 0m, OrderId = string.Empty } };

        byte[] first = new ProfileShop().With(one, other).Profiles.Export("ann")!;

        Assert.Equal(first, new ProfileShop().With(other, one).Profiles.Export("ann"));
        Assert.Equal(first, new ProfileShop().With(one).Profiles.Export("ann"));
        Assert.Equal(first, new ProfileShop().With(other).Profiles.Export("ann"));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(4)]
    public void What_is_kept_is_the_greatest_so_many_of_the_greatest_content_of_each_id(int maxEvents) =>
        Prop.ForAll(ProfileShop.Lists, events =>
        {
            var history = new EventHistory(maxEvents);
            foreach (Interaction interaction in events)
            {
                history.Add(interaction);
            }

            IEnumerable<Interaction> distinct = events.Where(e => e.EventId is null).Concat(events.Where(e => e.EventId is not null).GroupBy(e => e.EventId).Select(same => same.Order(HistoryOrder.Instance).Last()));

            Assert.Equal(distinct.Order(HistoryOrder.Instance).TakeLast(maxEvents).Select(e => (e.EventId, e.At, e.Value)), history.Settle().Select(e => (e.EventId, e.At, e.Value)));
        }).Holds();

    [Fact]
    public void Only_equal_events_compare_as_equal() =>
        Prop.ForAll(ProfileShop.Lists, events =>
        {
            var history = new EventHistory(1_000);
            Array.ForEach(events, e => history.Add(e));
            Interaction[] canonical = history.Settle();
            foreach (Interaction x in canonical.Take(8))
            {
                foreach (Interaction y in canonical.Take(8))
                {
                    int order = HistoryOrder.Instance.Compare(x, y);
                    Assert.Equal(-Math.Sign(order), Math.Sign(HistoryOrder.Instance.Compare(y, x)));
                    Assert.Equal(x == y, order == 0);
                }
            }
        }).Holds();

    [Fact]
    public void Tags_do_not_depend_on_the_order_in_which_they_were_said()
    {
        // The last words are a by the shop, b by the shop, c by the survey, and b taken back by the survey at the instant at which it was said.
        string[] names = ["a", "b", "c"];
        string[] sources = ["shop", "survey"];
        (string Name, string Source, int Day, bool TakesBack)[] said =
        [
            .. from name in Enumerable.Range(0, 3) from source in Enumerable.Range(0, 2) from day in Enumerable.Range(0, 4) from takesBack in new[] { false, true }
               let number = name + (2 * source) + (3 * day)
               where takesBack ? number % 4 == 0 : number % 5 != 1
               select (names[name], sources[source], day, takesBack),
        ];
        CustomerTag[] expected = [new("a", "shop", Day(3)), new("b", "shop", Day(3)), new("c", "survey", Day(3))];
        for (int seed = 0; seed < 50; seed++)
        {
            var shop = new ProfileShop(options => options.MaxTagsPerCustomer = 4);
            foreach ((string name, string source, int day, bool takesBack) in said.OrderBy(word => StableHash.Of($"{seed} {word}")))
            {
                if (takesBack)
                {
                    shop.Profiles.RemoveTag("ann", name, source, Day(day));
                }
                else
                {
                    shop.Profiles.SetTag("ann", new CustomerTag(name, source, Day(day)));
                }
            }

            Assert.Equal(expected, shop.Ann.Tags);
        }

        static DateTimeOffset Day(int day) => ProfileShop.Noon.AddDays(day - 10);
    }

    private static Dictionary<UserId, string> Told(IEnumerable<Interaction[]> batches, int maxEvents)
    {
        var shop = new ProfileShop(options => options.MaxEventsPerCustomer = maxEvents);
        foreach (Interaction[] batch in batches)
        {
            shop.Profiles.Add(batch);
            shop.Profiles.Find(batch[0].User);
        }

        return Told(shop);
    }

    /// <summary>Everything that is told of every customer: numbers are written so that different bits have different texts.</summary>
    private static Dictionary<UserId, string> Told(ProfileShop shop)
    {
        UserId[] users = ["7", "10", "9", "käufer", "😀", "\uFFFD", "007", .. Enumerable.Range(0, 7).Select(i => new UserId(i))];
        shop.Profiles.Segment();
        return users.Distinct().Where(user => shop.Profiles.Export(user) is not null).ToDictionary(user => user, user => System.Text.Encoding.UTF8.GetString(shop.Profiles.Export(user)!));
    }
}
