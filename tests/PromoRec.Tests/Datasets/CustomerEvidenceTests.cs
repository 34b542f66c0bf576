using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Tests.Datasets;

public class CustomerEvidenceTests
{
    [Fact]
    public void Events_are_weighted_as_of_the_given_time()
    {
        var options = new DatasetOptions { AsOf = Events.Day(1), MaxEventsPerUser = 1, ExcludeOutlierUsers = true };
        options.Weights.SetHalfLife(TimeSpan.FromDays(10));
        IReadOnlyList<ItemEvidence> evidence = CustomerEvidence.From(
            [
                Events.Purchase("anna", "tea", day: 20),
                Events.Purchase("anna", "cup", day: 10) with { EventId = "1" },
                Events.Purchase("anna", "cup", day: 10) with { EventId = "1" },
                Events.Of("anna", "pot", InteractionKind.Impression, Events.Day(20)),
                Events.Purchase("anna", "bag", day: 21),
                new Interaction("anna", (OfferId)"o1", InteractionKind.Redeem, Events.Day(20)),
            ],
            options,
            Events.Day(20));
        Assert.Equal([new ItemEvidence("cup", 0.5f), new ItemEvidence("tea", 1)], evidence);
        Assert.Equal(Events.Day(1), options.AsOf);
    }

    [Fact]
    public void No_events_are_no_evidence() => Assert.Empty(CustomerEvidence.From([], new DatasetOptions(), Events.Start));

    [Fact]
    public void Events_of_two_customers_are_refused_without_naming_them()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => CustomerEvidence.From([Events.Purchase("anna", 1), Events.Purchase("bert", 1)], new DatasetOptions(), Events.Start));
        Assert.DoesNotContain("anna", refused.Message, StringComparison.Ordinal);
    }
}
