namespace PromoRec.Tests.Offers;

public class CatalogFaultsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_catalog_without_faults_passes() => new CatalogSnapshot(
        [
            Valid("a") with { Terms = OfferTerms.SpendThreshold(5), MinimumSpend = 20, Budget = 0, Segments = ["vip"], Cost = 0 },
            Valid("b") with { ValidFrom = Noon, ValidTo = Noon.AddTicks(1) },
        ],
        [new Item { Id = "x", Categories = ["tea"], Brand = "acme", Price = 0 }]).ThrowIfInvalid();

    [Fact]
    public void Every_fault_is_named_with_id_and_position_at_once()
    {
        var snapshot = new CatalogSnapshot(
            [
                Valid("first"),
                Valid("first"),
                Valid(default),
                Valid("aimless") with { Targets = [] },
                Valid("backwards") with { ValidFrom = Noon, ValidTo = Noon },
                Valid("negative") with { MinimumSpend = -1, Budget = -2 },
                Valid("threshold") with { Terms = OfferTerms.SpendThreshold(5) },
                Valid("blank") with { Segments = [" "] },
                Valid("termless") with { Terms = null! },
                null!,
                Valid("anonymous") with { Merchant = " ", Margin = -3 },
                Valid("paid for") with { Cost = -0.01m },
            ],
            [
                new Item { Id = 1 },
                new Item { Id = "1", Price = -1 },
                new Item { Id = default },
                new Item { Id = 2, Price = -3, Categories = [""] },
                null!,
            ]);

        PromoRecException fault = Assert.Throws<PromoRecException>(snapshot.ThrowIfInvalid);

        Assert.Equal(PromoRecErrorCode.InvalidCatalog, fault.Code);
        Assert.StartsWith("The catalog has 17 faults:", fault.Message);
        Assert.Contains("The offer 'first' at position 1 has the id of the one at position 0.", fault.Message);
        Assert.Contains("The offer at position 2 has an empty id.", fault.Message);
        Assert.Contains("The offer 'aimless' at position 3 has no targets.", fault.Message);
        Assert.Contains("The offer 'backwards' at position 4 ends at 2026-03-01T12:00:00.0000000+00:00, which is not after its start", fault.Message);
        Assert.Contains("The offer 'negative' at position 5 has the minimum spend -1.", fault.Message);
        Assert.Contains("The offer 'negative' at position 5 has the budget -2.", fault.Message);
        Assert.Contains("The offer 'threshold' at position 6", fault.Message);
        Assert.Contains("The offer 'blank' at position 7 is for a segment without a name.", fault.Message);
        Assert.Contains("The offer 'termless' at position 8 has no terms.", fault.Message);
        Assert.Contains("The offer at position 9 is null.", fault.Message);
        Assert.Contains("The offer 'anonymous' at position 10 has a merchant without a name.", fault.Message);
        Assert.Contains("The offer 'paid for' at position 11 has the cost -0.01. It must be 0 or above.", fault.Message);
        Assert.Contains("The item '1' at position 1 has the id of the one at position 0.", fault.Message);
        Assert.Contains("The item at position 2 has an empty id.", fault.Message);
        Assert.Contains("The item '2' at position 3 has the price -3.", fault.Message);
        Assert.Contains("The item '2' at position 3 is in a category without a name.", fault.Message);
        Assert.Contains("The item at position 4 is null.", fault.Message);
    }

    [Fact]
    public void Tags_without_a_text_and_numbers_without_a_name_or_a_value_are_named()
    {
        Item[] items = [new() { Id = "1", Tags = ["vegan", " "] }, new() { Id = "2", Numbers = new Dictionary<string, double> { [""] = 1 } }, new() { Id = "3", Numbers = new Dictionary<string, double> { ["size"] = double.NaN } }];

        string message = Assert.Throws<PromoRecException>(new CatalogSnapshot([], items).ThrowIfInvalid).Message;

        Assert.StartsWith("The catalog has 3 faults:", message, StringComparison.Ordinal);
        Assert.Contains("The item '1' at position 0 has a tag without a text.", message, StringComparison.Ordinal);
        Assert.Contains("The item '2' at position 1 has a number that has no name or is not finite.", message, StringComparison.Ordinal);
        Assert.Contains("The item '3' at position 2 has a number that has no name or is not finite.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_spells_out_twenty_faults_and_counts_the_rest()
    {
        var snapshot = new CatalogSnapshot([.. Enumerable.Range(0, 50).Select(_ => Valid(default))], []);

        PromoRecException fault = Assert.Throws<PromoRecException>(snapshot.ThrowIfInvalid);

        Assert.Contains("has 50 faults", fault.Message);
        Assert.Contains("position 19", fault.Message);
        Assert.DoesNotContain("position 20", fault.Message);
        Assert.EndsWith("- and 30 more.", fault.Message);
    }

    [Fact]
    public void A_long_id_is_cut_between_characters()
    {
        string id = new string('x', 63) + "\U0001F600" + new string('y', 4000);
        PromoRecException fault = Assert.Throws<PromoRecException>(new CatalogSnapshot([Valid(id) with { Budget = -1 }], []).ThrowIfInvalid);

        Assert.Contains($"'{new string('x', 63)}...'", fault.Message);
    }

    [Fact]
    public void A_snapshot_and_an_offer_keep_what_they_were_given()
    {
        var segments = new List<string> { "vip" };
        var offers = new List<Offer> { Valid("a") with { Segments = segments } };
        var snapshot = new CatalogSnapshot(offers, []);
        segments.Clear();
        offers.Clear();

        Assert.Equal(["vip"], Assert.Single(snapshot.Offers).Segments);
        Assert.Throws<NotSupportedException>(() => ((IList<Offer>)snapshot.Offers).Clear());
    }

    private static Offer Valid(OfferId id) => new() { Id = id, Terms = OfferTerms.FreeShipping };
}
