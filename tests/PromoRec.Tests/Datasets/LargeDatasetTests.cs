using System.Text;
using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Tests.Datasets;

/// <summary>So many events that they are packed in blocks, and worked on in several ranges of customers by several threads.</summary>
public class LargeDatasetTests
{
    private const int Count = 600_000;

    private static readonly InteractionKind[] Kinds = [InteractionKind.Purchase, InteractionKind.View, InteractionKind.Redeem, InteractionKind.Impression];

    [Fact]
    public void It_equals_a_builder_of_plain_dictionaries_for_any_number_of_threads()
    {
        Interaction[] events = Draw(EventOf);
        var options = new DatasetOptions { AsOf = Events.Day(380), MaxValue = 3 };
        options.Weights.SetHalfLife(TimeSpan.FromDays(60));
        var plain = new PlainBuilder(events, options);
        foreach (int threads in new[] { 1, 3 })
        {
            options.Threads = threads;
            var builder = new DatasetBuilder(options);
            builder.AddRange(events);
            InteractionDataset dataset = builder.Build(TestContext.Current.CancellationToken);
            Assert.Equal(plain.Values, dataset.Values());
            Assert.Equal(plain.LastDays, dataset.LastDays());
            Assert.Equal(plain.ConsumedItems, dataset.ItemsConsumed());
            Assert.Equal(plain.ConsumedOffers, dataset.OffersConsumed());
            Assert.Equal((plain.Duplicates, plain.Conflicts, plain.Future), (dataset.Quality.Duplicates, dataset.Quality.ConflictingDuplicates, dataset.Quality.FutureTimes));
            Assert.Equal(dataset.Fingerprint, builder.Build(TestContext.Current.CancellationToken).Fingerprint);
        }
    }

    [Fact]
    public void Events_that_come_customer_by_customer_make_the_same_dataset()
    {
        Interaction[] events = Draw(EventOf);
        var mixed = new DatasetBuilder();
        mixed.AddRange(events);
        var sorted = new DatasetBuilder(new DatasetOptions { Threads = 2 });
        sorted.AddRange(events.OrderBy(one => one.User));
        Assert.Equal(mixed.Build(TestContext.Current.CancellationToken).Fingerprint, sorted.Build(TestContext.Current.CancellationToken).Fingerprint);
    }

    [Fact]
    public void Events_in_UTF_8_are_the_same_events()
    {
        Interaction[] events = Draw(EventOf);
        var builder = new DatasetBuilder();
        var utf8 = new DatasetBuilder();
        foreach (Interaction one in events)
        {
            builder.Add(one);
            utf8.AddUtf8(new Utf8Interaction(Encoding.UTF8.GetBytes(one.User.ToString()), one.Kind, one.At)
            {
                Item = Encoding.UTF8.GetBytes(one.Item.ToString()),
                Offer = Encoding.UTF8.GetBytes(one.Offer.ToString()),
                Value = one.Value,
                EventId = Encoding.UTF8.GetBytes(one.EventId ?? string.Empty),
            });
        }

        InteractionDataset expected = builder.Build(TestContext.Current.CancellationToken);
        InteractionDataset actual = utf8.Build(TestContext.Current.CancellationToken);
        Assert.Equal(expected.Fingerprint, actual.Fingerprint);
        Assert.Equal(expected.Quality, actual.Quality);
    }

    [Fact]
    public void What_customers_have_shares_memory_with_what_they_like_where_both_are_the_same()
    {
        var builder = new DatasetBuilder();
        builder.AddRange(Draw((random, _) => new Interaction(random.Next(5_000), (ItemId)random.Next(900), InteractionKind.Purchase, Events.Day(random.Next(300)))));
        InteractionDataset dataset = builder.Build(TestContext.Current.CancellationToken);
        Assert.Equal(dataset.ByUser.AllColumns.ToArray(), dataset.ConsumedItems.AllColumns.ToArray());
        Assert.True(dataset.ByUser.AllColumns == dataset.ConsumedItems.AllColumns);
    }

    [Fact]
    public void A_refused_event_in_UTF_8_leaves_those_before_it()
    {
        var builder = new DatasetBuilder();
        builder.AddUtf8(new Utf8Interaction("anna"u8, InteractionKind.Purchase, default) { Item = "tea"u8 });
        Assert.Throws<ArgumentException>(() => builder.AddUtf8(new Utf8Interaction("anna"u8, InteractionKind.Purchase, default)));
        Assert.Throws<ArgumentException>(() => builder.AddUtf8(new Utf8Interaction(default, InteractionKind.Purchase, default) { Item = "tea"u8 }));
        Assert.Throws<ArgumentException>(() => builder.AddUtf8(new Utf8Interaction("anna"u8, InteractionKind.Purchase, default) { Item = "tea"u8, Value = double.NaN }));
        Assert.Throws<ArgumentException>(() => builder.AddUtf8(new Utf8Interaction("anna"u8, InteractionKind.Purchase, default) { Item = " "u8 }));
        Assert.Throws<ArgumentException>(() => builder.AddUtf8(new Utf8Interaction("anna"u8, new InteractionKind("unheard-of"), default) { Item = "tea"u8 }));
        Assert.Equal((1, 1, 1), (builder.Build().UserCount, builder.Build().ItemCount, builder.Build().Count));
    }

    private static Interaction[] Draw(Func<Random, int, Interaction> draw)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Count).Select(i => draw(random, i))];
    }

    private static Interaction EventOf(Random random, int number) => new(random.Next(20_000) * random.Next(2) + random.Next(900), (ItemId)$"item-{random.Next(700)}", Kinds[random.Next(Kinds.Length)], Events.Day(random.Next(400)).AddSeconds(random.Next(3)))
    {
        Offer = random.Next(10) == 0 ? $"offer-{random.Next(50)}" : default(OfferId),
        Value = random.Next(8) / 2.0 - 0.5,

        // Some ids come again much later with other contents, when the first of them is packed.
        EventId = number % 3 == 0 ? $"e{random.Next(Count / 3)}" : null,
    };
}
