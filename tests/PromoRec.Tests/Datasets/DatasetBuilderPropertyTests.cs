using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Datasets;

public class DatasetBuilderPropertyTests
{
    [Theory]
    [InlineData(ValueAggregation.Sum)]
    [InlineData(ValueAggregation.Max)]
    [InlineData(ValueAggregation.Latest)]
    public void The_order_of_the_events_changes_no_bit(ValueAggregation aggregation) =>
        Prop.ForAll(Events.Lists, events =>
        {
            DatasetOptions options = Fading(aggregation);
            InteractionDataset first = Build(events, options);
            return Enumerable.Range(0, 4).All(seed =>
            {
                InteractionDataset shuffled = Build(Events.Shuffled(events, seed), options);
                return shuffled.Fingerprint == first.Fingerprint && shuffled.Quality == first.Quality && shuffled.ByUser.AllValues.SequenceEqual(first.ByUser.AllValues);
            });
        }).Holds();

    [Fact]
    public void Feeding_events_with_ids_twice_changes_only_the_duplicate_count() =>
        Prop.ForAll(Events.Lists, events =>
        {
            Interaction[] withIds = [.. events.Where(e => e.EventId is not null)];
            if (withIds.Length == 0)
            {
                return true;
            }

            InteractionDataset once = Build(withIds, Fading(ValueAggregation.Sum));
            InteractionDataset twice = Build([.. withIds, .. Events.Shuffled(withIds, 3)], Fading(ValueAggregation.Sum));
            return twice.Fingerprint == once.Fingerprint
                && twice.Quality == once.Quality with { Events = 2 * once.Quality.Events, Duplicates = once.Quality.Duplicates + withIds.Length };
        }).Holds();

    [Theory]
    [InlineData(ValueAggregation.Sum, false)]
    [InlineData(ValueAggregation.Sum, true)]
    [InlineData(ValueAggregation.Max, true)]
    [InlineData(ValueAggregation.Latest, true)]
    public void It_equals_a_builder_of_plain_dictionaries(ValueAggregation aggregation, bool limited) =>
        Prop.ForAll(Events.Lists, events =>
        {
            DatasetOptions options = Fading(aggregation);
            if (limited)
            {
                options.AsOf = Events.Day(8);
                options.MaxValue = 2;
                options.KnownItems = new HashSet<ItemId> { 0, 1, 2 };
                options.KnownOffers = new HashSet<OfferId> { 0, 1 };
            }

            InteractionDataset dataset = Build(events, options);
            var plain = new PlainBuilder(events, options);
            Assert.Equal(plain.Values, dataset.Values());
            Assert.Equal(plain.LastDays, dataset.LastDays());
            Assert.Equal(plain.LastDays.Values.All(day => day == 0), dataset.LastDays.IsEmpty);
            Assert.Equal(plain.ConsumedItems, dataset.ItemsConsumed());
            Assert.Equal(plain.ConsumedOffers, dataset.OffersConsumed());
            DataQualityReport quality = dataset.Quality;
            Assert.Equal((events.Length, plain.Duplicates, plain.Conflicts, plain.Orphans, plain.Future), (quality.Events, quality.Duplicates, quality.ConflictingDuplicates, quality.Orphans, quality.FutureTimes));
            Assert.Equal(quality.Events, quality.Duplicates + quality.Orphans + quality.FutureTimes + quality.OutlierUserEvents + quality.Kept);
        }).Holds();

    [Fact]
    public void Both_directions_hold_the_same_values_and_rows_ascend() =>
        Prop.ForAll(Events.Lists, events =>
        {
            InteractionDataset dataset = Build(events, new DatasetOptions());
            var byUser = new List<(int, int, float)>();
            var byItem = new List<(int, int, float)>();
            for (int user = 0; user < dataset.UserCount; user++)
            {
                for (int i = 0; i < dataset.ByUser.RowLength(user); i++)
                {
                    byUser.Add((user, dataset.ByUser.ColumnsOf(user)[i], dataset.ByUser.ValuesOf(user)[i]));
                }
            }

            for (int item = 0; item < dataset.ItemCount; item++)
            {
                for (int i = 0; i < dataset.ByItem.RowLength(item); i++)
                {
                    byItem.Add((dataset.ByItem.ColumnsOf(item)[i], item, dataset.ByItem.ValuesOf(item)[i]));
                }
            }

            Assert.Equal(byUser, byUser.Order());
            Assert.Equal(byUser, byItem.Order());
            Assert.Equal((dataset.UserCount, dataset.ItemCount), (dataset.ByItem.Columns, dataset.ByItem.Rows));
            Assert.Equal((dataset.UserCount, dataset.Offers.Count), (dataset.ConsumedOffers.Rows, dataset.ConsumedOffers.Columns));
            Assert.All(Enumerable.Range(1, Math.Max(0, dataset.UserCount - 1)), row => Assert.True(dataset.Users.IdAt(row - 1).CompareTo(dataset.Users.IdAt(row)) < 0));
        }).Holds();

    [Fact]
    public void A_customer_alone_gets_the_values_that_the_dataset_has() =>
        Prop.ForAll(Events.Lists, events =>
        {
            // An event id that two customers share keeps only one of their events: here each customer is to have their own.
            Interaction[] own = [.. events.Select(e => e with { EventId = e.EventId is null ? null : $"{e.EventId} of {e.User}" })];
            DatasetOptions options = Fading(ValueAggregation.Sum);
            DateTimeOffset asOf = own.Max(e => e.At);
            var apart = own.GroupBy(e => e.User)
                .SelectMany(ofUser => CustomerEvidence.From(ofUser, options, asOf == default ? Events.Start : asOf).Select(evidence => (ofUser.Key, evidence)))
                .ToDictionary(pair => (pair.Key, pair.evidence.Item), pair => pair.evidence.Value);

            // Without this the dataset would count ages from its own latest time, which a conflict may have removed.
            options.AsOf = asOf == default ? Events.Start : asOf;
            Assert.Equal(Build(own, options).Values(), apart);
        }).Holds();

    private static DatasetOptions Fading(ValueAggregation aggregation)
    {
        var options = new DatasetOptions { Aggregation = aggregation };
        options.Weights.SetHalfLife(TimeSpan.FromDays(3.3), 0.01);
        return options;
    }

    private static InteractionDataset Build(IEnumerable<Interaction> events, DatasetOptions options)
    {
        var builder = new DatasetBuilder(options);
        builder.AddRange(events);
        return builder.Build(TestContext.Current.CancellationToken);
    }
}
