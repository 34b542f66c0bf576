using PromoRec.Cli.Reading;

namespace PromoRec.Cli.Tests.Reading;

public sealed class OfferReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_column_of_an_offer_is_read()
    {
        string path = _folder.Write(
            "o.csv",
            "id,form,value,targets,valid_from,valid_to,minimum_spend,budget,segments,text,margin,cost,merchant\nspring,percent-off,15,item:42|category:Fruit \\| Veg|brand:Acme|shop,2026-03-01,2026-04-01T00:00:00+02:00,20.5,1000,vip|new,\"15 % off, today\",-0.75,0.02,Acme \n");

        Offer offer = Assert.Single(Read(path));

        Assert.Equal(new OfferId("spring"), offer.Id);
        Assert.Equal(OfferTerms.PercentOff(15), offer.Terms);
        Assert.Equal([OfferTarget.Item(42), OfferTarget.Category("Fruit | Veg"), OfferTarget.Brand("Acme"), OfferTarget.WholeShop], offer.Targets);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), offer.ValidFrom);
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(2)), offer.ValidTo);
        Assert.Equal((20.5m, 1000L, "15 % off, today"), (offer.MinimumSpend, offer.Budget, offer.Text));
        Assert.Equal(["vip", "new"], offer.Segments);
        Assert.Equal((-0.75m, 0.02m, "Acme"), (offer.Margin, offer.Cost, offer.Merchant));
    }

    [Fact]
    public void Json_lines_may_hold_lists()
    {
        string path = _folder.Write("o.jsonl", "{\"id\":1,\"form\":\"points\",\"value\":50,\"targets\":[\"category:A|B\",\"item:x\"],\"segments\":[\"vip\"],\"budget\":null,\"margin\":1.25,\"cost\":0.5}\n");

        Offer offer = Assert.Single(Read(path));

        Assert.Equal([OfferTarget.Category("A|B"), OfferTarget.Item("x")], offer.Targets);
        Assert.Equal(OfferTerms.Points(50), offer.Terms);
        Assert.Equal((null, 1.25m, 0.5m), (offer.Budget, offer.Margin, offer.Cost));
    }

    [Fact]
    public void Every_form_has_a_name()
    {
        string path = _folder.Write("o.csv", "id,form,value,minimum_spend\n1,cash-off,2.5,\n2,percent-off,100,\n3,spend-threshold,5,50\n4,time-limited-price,0,\n5,buy-and-get,2+1,\n6,bundle,9.99,\n7,member,10,\n8,points,100,\n9,free-shipping,,\n");

        Assert.Equal(
            [OfferTerms.CashOff(2.5m), OfferTerms.PercentOff(100), OfferTerms.SpendThreshold(5), OfferTerms.TimeLimitedPrice(0), OfferTerms.BuyAndGet(2, 1), OfferTerms.Bundle(9.99m), OfferTerms.Member(10), OfferTerms.Points(100), OfferTerms.FreeShipping],
            Read(path).Select(offer => offer.Terms));
        Assert.Equal(Enum.GetValues<OfferForm>().Length, OfferFormName.All.Count);
    }

    [Theory]
    [InlineData("id,form,value\n1,cash-off,0", "column 'value': '0' is not an amount above 0.")]
    [InlineData("id,form,value\n1,cash-off,NaN", "'NaN' is not an amount above 0.")]
    [InlineData("id,form,value\n1,percent-off,101", "'101' is not a percentage. Expected a number above 0 and at most 100.")]
    [InlineData("id,form,value\n1,points,1.5", "'1.5' is not a number of points.")]
    [InlineData("id,form,value\n1,buy-and-get,2", "'2' does not say how many to buy and get. Expected two whole numbers from 1, such as 2+1.")]
    [InlineData("id,form,value\n1,buy-and-get,2+0", "'2+0' does not say how many")]
    [InlineData("id,form,value\n1,percentoff,5", "there is no form 'percentoff'. Did you mean 'percent-off'? The forms are cash-off")]
    [InlineData("id,form,value\n1,spend-threshold,5", "needs the header")]
    [InlineData("id,form,value,minimum_spend\n1,spend-threshold,5,0", "column 'minimum_spend': a spend-threshold offer needs the basket from which it holds.")]
    [InlineData("id,form,value,targets\n1,cash-off,5,sku:7", "column 'targets': 'sku:7' is not a target. Expected item:ID, category:NAME, brand:NAME or shop")]
    [InlineData("id,form,value,targets\n1,cash-off,5,item:", "'item:' is not a target.")]
    [InlineData("id,form,value,valid_from,valid_to\n1,cash-off,5,2026-01-02,2026-01-01", "column 'valid_to': '2026-01-01' is not after valid_from.")]
    [InlineData("id,form,value,valid_to\n1,cash-off,5,soon", "column 'valid_to': 'soon' is not a time.")]
    [InlineData("id,form,value,budget\n1,cash-off,5,-1", "column 'budget': '-1' is not a number of redemptions.")]
    [InlineData("id,form,value,minimum_spend\n1,cash-off,5,-1", "column 'minimum_spend': '-1' is not a number of 0 or above.")]
    [InlineData("id,form,value,margin\n1,cash-off,5,much", "column 'margin': 'much' is not an amount. Expected a number, below 0 for a loss.")]
    [InlineData("id,form,value,cost\n1,cash-off,5,-0.01", "column 'cost': '-0.01' is not a number of 0 or above.")]
    [InlineData("id,form,value,cost\n1,cash-off,5,NaN", "column 'cost': 'NaN' is not a number of 0 or above.")]
    [InlineData("id,form,value\na,cash-off,5\na,cash-off,6", "line 3, column 'id': offer 'a' stands in line 2 already. Give every offer its own id.")]
    [InlineData("id,form,value\n,cash-off,5", "column 'id': the id is empty.")]
    [InlineData("id,target\n1,shop", "there is no column 'target' in a file of offers. Did you mean 'targets'?")]
    [InlineData("form,value\ncash-off,5", "the header has no column 'id'.")]
    [InlineData("id,form,value\n", "there are no offers in the file.")]
    public void A_bad_offer_is_refused_with_line_and_column(string text, string expected)
    {
        // The fault of a missing minimum is the same with and without the column.
        string fault = expected == "needs the header" ? "a spend-threshold offer needs the basket" : expected;
        Assert.Contains(fault, Assert.Throws<InputException>(() => Read(_folder.Write("o.csv", text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicate_offers_can_be_left_out() =>
        Assert.Single(Read(_folder.Write("o.csv", "id,form,value\na,cash-off,5\na,cash-off,6\n"), skipBad: 1));

    [Fact]
    public void Items_are_read_and_duplicates_refused()
    {
        Item item = Assert.Single(ItemReader.Read(_folder.Write("i.csv", "id,categories,brand,price,text\n42,Fruit|Snack,Acme,1.99,Apple\n"), ColumnMapping.None, None(), TestContext.Current.CancellationToken));
        Assert.Equal((new ItemId(42), "Acme", 1.99m, "Apple"), (item.Id, item.Brand, item.Price, item.Text));
        Assert.Equal(["Fruit", "Snack"], item.Categories);

        Refused("id\n1\n1\n", "line 3, column 'id': item '1' stands in line 2 already.");
        Item told = Assert.Single(ItemReader.Read(_folder.Write("i.csv", "id,tags,numbers\nx,vegan|colour=red,weight=250|a=b=1e-3\n"), ColumnMapping.None, None(), TestContext.Current.CancellationToken));
        Assert.Equal(["vegan", "colour=red"], told.Tags);
        Assert.Equal([("a=b", 0.001), ("weight", 250.0)], told.Numbers.Select(number => (number.Key, number.Value)).Order());

        Refused("id,price\n1,-2\n", "column 'price': '-2' is not a price.");
        Refused("id,numbers\n1,heavy\n", "column 'numbers': 'heavy' is not a number with a name that stands there once.");
        Refused("id,numbers\n1,a=1|a=2\n", "'a=2' is not a number with a name");
        Refused("id,numbers\n1,a=NaN\n", "'a=NaN' is not a number with a name");
        Refused("id\n", "there are no items in the file.");

        void Refused(string text, string expected) =>
            Assert.Contains(expected, Assert.Throws<InputException>(() => ItemReader.Read(_folder.Write("i.csv", text), ColumnMapping.None, None(), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private static BadRows None() => new(0, _ => { });

    private static List<Offer> Read(string path, int skipBad = 0) => OfferReader.Read(path, TimeZoneInfo.Utc, new BadRows(skipBad, _ => { }), TestContext.Current.CancellationToken);
}
