using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Tests.Reading;

/// <summary>The files that the guide shows are files that the tool reads.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_offers_and_items_of_the_guide_can_be_read()
    {
        string[] examples = Examples("offers-file.md");
        var none = new BadRows(0, _ => { });

        List<Offer> offers = OfferReader.Read(_folder.Write("offers.csv", examples[0]), TimeZoneInfo.Utc, none, TestContext.Current.CancellationToken);
        List<Item> items = ItemReader.Read(_folder.Write("items.csv", examples[1]), ColumnMapping.None, none, TestContext.Current.CancellationToken);

        Assert.Equal([OfferForm.PercentOff, OfferForm.BuyAndGet, OfferForm.SpendThreshold, OfferForm.FreeShipping], offers.Select(offer => offer.Terms.Form));
        Assert.Equal(["vip", "new"], offers[2].Segments);
        Assert.Equal(["Fruit", "Snacks"], items[0].Categories);
        Assert.All(OfferFormName.All, form => Assert.Contains($"| `{form}` |", Guide("offers-file.md"), StringComparison.Ordinal));
        Assert.All(OfferReader.Columns.Names, column => Assert.Contains($"| `{column}` |", Guide("offers-file.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_interactions_of_the_guide_can_be_read()
    {
        string path = _folder.Write("interactions.csv", Examples("cli.md")[0]);
        using InteractionReader reader = InteractionReader.Open(path, new InteractionReadOptions(), new BadRows(0, _ => { }));

        Assert.Equal(["c7", "c7", "客户8"], reader.ReadAll(TestContext.Current.CancellationToken).Select(interaction => interaction.User.ToString()));
        Assert.All(InteractionReader.Columns.Names, column => Assert.Contains($"| `{column}` |", Guide("cli.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_customers_and_pushes_of_the_guide_can_be_read()
    {
        string[] examples = Examples("cli.md");
        var none = new BadRows(0, _ => { });
        var channels = new ChannelNames([]);

        List<CustomerRow> customers = PushCustomerReader.Read(_folder.Write("customers.csv", examples[1]), channels, TimeZoneInfo.Utc, none, TestContext.Current.CancellationToken);
        using PushEventReader pushes = PushEventReader.Open(_folder.Write("pushes.csv", examples[2]), channels, offers: null, TimeZoneInfo.Utc, none);

        Assert.Equal(["c1", "c2", "c3"], customers.Select(row => row.Customer.UserId.ToString()));
        Assert.Equal(["c1", "c2"], pushes.ReadAll(TestContext.Current.CancellationToken).Select(push => push.Request.UserId.ToString()));
        Assert.All(CustomerReader.PushColumns, column => Assert.Contains($"`{column}`", Guide("cli.md"), StringComparison.Ordinal));
        Assert.All(PushEventReader.Columns.Names.TakeWhile(column => column != "push"), column => Assert.Contains($"`{column}`", Guide("cli.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_pushes_of_the_guide_may_be_sent_to_its_customers()
    {
        string[] examples = Examples("cli.md");
        string policies = _folder.Write("p.json", """{ "format": 1 }""");

        CommandResult result = Tool.Run(
            "policy", "simulate", "--policies", policies, "--customers", _folder.Write("customers.csv", examples[1]), "--events", _folder.Write("pushes.csv", examples[2]), "--json").Succeeded();

        Assert.Equal(2, result.Json.GetProperty("policies").GetProperty("sentAtOnce").GetInt32());
    }

    [Fact]
    public void The_features_and_examples_of_the_guide_can_be_read()
    {
        string json = Guide("features-file.md").Split("```json\n")[1];
        FeatureFile features = FeatureFileReader.Read(_folder.Write("features.json", json[..json.IndexOf("```", StringComparison.Ordinal)]));
        string table = _folder.Write("clicks.csv", Examples("features-file.md")[0]);
        List<double> labels = [];

        ExampleSource.Open(table, features, classifies: true, model: null, new BadRows(0, _ => { }), TestContext.Current.CancellationToken).ReadAll(row => labels.Add(row.Label));

        Assert.Equal([1, 0, 0], labels);
        Assert.Equal(["price", "price range", "device", "hour", "brand", "brand x device"], features.Schema.Fields.Select(field => field.Name));
        Assert.Equal(("clicked", "copies", 18), (features.Label, features.Weight, features.Schema.HashBits));
        Assert.Equal("price", features.Columns[1].Column);
    }

    private static string Guide(string name) => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "guide", name));

    private static string[] Examples(string name) => [.. Guide(name).Split("```csv\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
}
