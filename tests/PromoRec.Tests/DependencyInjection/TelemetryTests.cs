using System.Diagnostics;
using System.Diagnostics.Metrics;
using PromoRec.Ranking;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.DependencyInjection;

// A listener makes tracing allocate, so what listens and what counts allocations take turns.
[Collection("telemetry")]
public class TelemetryTests
{
    [Fact]
    public void Instruments_have_their_promised_names_units_and_tags()
    {
        var seen = new HashSet<string>();
        var tags = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "PromoRec")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, measured, _) => Note(instrument, value, measured));
        listener.SetMeasurementEventCallback<long>((instrument, value, measured, _) => Note(instrument, value, measured));
        listener.Start();

        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", "tea"), TestShop.OnItems("b", "tea")), new TestModel().User("ann", 1).Item("tea", 1).Build());
        shop.Ranker.Rank("ann", new RankRequest { Except = new HashSet<OfferId> { "b" } });

        lock (seen)
        {
            Assert.Superset(
                new HashSet<string> { "promorec.rank.duration [s]", "promorec.rank.offers [{offer}]", "promorec.rank.excluded [{offer}]", "promorec.model.published [{model}]", "promorec.catalog.compiled [{catalog}]" },
                seen);
            Assert.Superset(new HashSet<string> { "promorec.tier=als", "promorec.reason=not_requested" }, tags);
            Assert.DoesNotContain(tags, tag => tag.Contains("ann", StringComparison.Ordinal));
        }

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> measured)
        {
            // Other tests rank at the same time, and their measurements come here too.
            lock (seen)
            {
                Assert.True(value >= 0);
                seen.Add($"{instrument.Name} [{instrument.Unit}]");
                foreach (KeyValuePair<string, object?> tag in measured)
                {
                    tags.Add($"{tag.Key}={tag.Value}");
                }
            }
        }
    }

    [Fact]
    public void A_ranking_is_traced_with_tier_and_model_version()
    {
        var traced = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PromoRec",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (traced)
                {
                    traced.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", "tea")), new TestModel { Version = "traced" }.User("ann", 1).Item("tea", 1).Build());
        shop.Ranker.Rank("ann");

        lock (traced)
        {
            Activity ranking = traced.Single(activity => (string?)activity.GetTagItem("promorec.model.version") == "traced");
            Assert.Equal("promorec.rank", ranking.OperationName);
            Assert.Equal("als", ranking.GetTagItem("promorec.tier"));
        }
    }

    [Fact]
    public void Swaps_and_refused_catalogs_are_logged_with_counts()
    {
        var logger = new ListLogger();
        var catalog = new HostCatalog();
        var options = new RankingOptions();
        using var live = new LiveModel(catalog, options, new RecentActivity(options), logger);
        live.Publish(new TestModel { Version = "v7" }.User("ann", 1).Item("tea", 1).Build());
        catalog.Set(TestShop.Snapshot(TestShop.OnItems("a", "tea"), TestShop.OnItems("b", "milk")));
        catalog.Set(TestShop.Snapshot(TestShop.OnItems("a", "tea"), TestShop.OnItems("a", "milk")));
        live.Publish(new TestModel { Version = "v8" }.User("ann", 1).Item("bread", 1).Build());

        Assert.Equal(
            [
                "A catalog of 0 offers and 0 items is in use; there is no model yet.",
                "Model v7 (test) is in use: 1 customers, 1 items; 0 of 0 offers aim at nothing it knows.",
                "A catalog of 2 offers and 0 items is in use; 1 offers aim at nothing the model knows.",
                "The changed catalog is refused, and the offers before it stay in use.",
                "Model v8 (test) is in use: 1 customers, 1 items; 2 of 2 offers aim at nothing it knows.",
            ],
            logger.Messages);
    }
}
