using System.Text.Json;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Hybrid;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>A stacked hybrid that the library trained with contexts ranks by those that are named on the command line.</summary>
public sealed class RankContextTests : IDisposable
{
    private const int Customers = 60;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly Offer[] Offers =
    [
        new() { Id = "coffee-off", Terms = OfferTerms.CashOff(1), Targets = [OfferTarget.Item("coffee")] },
        new() { Id = "percent", Terms = OfferTerms.PercentOff(10), Targets = [OfferTarget.Item("tea"), OfferTarget.Item("coffee")] },
        new() { Id = "shipping", Terms = OfferTerms.FreeShipping, Targets = [OfferTarget.WholeShop] },
        new() { Id = "tea-off", Terms = OfferTerms.CashOff(1), Targets = [OfferTarget.Item("tea")] },
        new() { Id = "threshold", Terms = OfferTerms.SpendThreshold(5), MinimumSpend = 50, Targets = [OfferTarget.WholeShop] },
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("device", "--device", "phone", "--device", "desk")]
    [InlineData("page", "--page", "checkout", "--page", "home")]
    [InlineData("location", "--location", "DE", "--location", "US")]
    [InlineData("hour", "--at", "2026-03-10T08:00", "--at", "2026-03-10T19:00")]
    [InlineData("weekday", "--at", "2026-03-10T12:00", "--at", "2026-03-14T12:00")]
    [InlineData("basket", "--basket", "tea", "--basket", "coffee, unheard-of")]
    [InlineData("value", "--basket-value", "45", "--basket-value", "4")]
    public void Each_part_of_the_context_decides_where_it_was_learnt(string what, string option, string first, string otherOption, string other)
    {
        (string model, string offers) = Learnt(what);
        string[] best = what switch { "basket" => ["tea-off", "coffee-off"], "value" => ["threshold", "percent"], _ => ["shipping", "percent"] };

        CommandResult one = Rank(model, offers, option, first);
        CommandResult two = Rank(model, offers, otherOption, other);

        Assert.Equal((best[0], best[1]), (Best(one), Best(two)));
        Assert.DoesNotContain("makes no difference", one.Error, StringComparison.Ordinal);
        Assert.Equal(what == "basket", two.Error.Contains("note: the model does not know the item 'unheard-of' of --basket", StringComparison.Ordinal));
    }

    [Fact]
    public void The_hour_is_that_of_the_time_zone_and_why_is_asked_in_the_same_context()
    {
        (string model, string offers) = Learnt("hour");
        (string device, _) = Learnt("device");

        // 17:00 UTC is 8:00 of the next day in Auckland, and noon plus seven hours is 19:00 where the text says so.
        Assert.Equal("shipping", Best(Rank(model, offers, "--at", "2026-03-10T19:00Z", "--time-zone", "Pacific/Auckland")));
        Assert.Equal("percent", Best(Rank(model, offers, "--at", "2026-03-10T19:00Z")));
        JsonElement why = Rank(device, offers, "--device", "phone", "--why", "percent").Json;
        Assert.Contains(why.GetProperty("signals").EnumerateArray(), signal => signal.GetProperty("name").GetString()!.Contains("phone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("note: --page makes no difference, because the model has learnt nothing of it.", "--page", "home")]
    [InlineData("note: --page, --basket-value make no difference, because the model has learnt nothing of it.", "--page", "home", "--basket-value", "3", "--device", "phone")]
    public void What_a_model_has_not_learnt_is_said_to_make_no_difference(string expected, params string[] options)
    {
        (string model, string offers) = Learnt("device");

        Assert.Contains(expected, Rank(model, offers, options).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_kind_goes_by_no_context_and_says_so()
    {
        string interactions = _folder.Write("i.csv", "user,item\nc0,tea\nc1,tea\nc1,coffee\nc2,coffee\n");
        Tool.Run("fit", "--interactions", interactions, "--algorithm", "item-knn", "--out", _folder["knn"]).Succeeded();

        Assert.Contains("note: --device makes no difference: only stacked hybrids go by it, and this model is item-knn.", Rank(_folder["knn"], OffersFile(), "--device", "phone").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", Rank(_folder["knn"], OffersFile(), "--at", "2026-03-10").Error, StringComparison.Ordinal);
        Tool.Run("rank", "--model", _folder["knn"], "--user", "c0", "--basket", "tea").FailedWith(ExitCode.Usage, "--basket has no effect without --offers. Name the offers, or leave it out.");
    }

    [Theory]
    [InlineData("--device is empty. Give it a name, or leave it out.", "--device", " ")]
    [InlineData("--basket: this cannot be an id.", "--basket", "tea,,coffee")]
    [InlineData("--basket-value must be a number 0 or above, but is '-1'.", "--basket-value", "-1")]
    [InlineData("--basket-value must be a number 0 or above, but is 'much'.", "--basket-value", "much")]
    [InlineData("--basket-value must be at most 1,000,000,000,000,000, but is 1E+30.", "--basket-value", "1e30")]
    public void A_context_that_cannot_be_is_refused(string expected, params string[] options)
    {
        (string model, string offers) = Learnt("device");

        Tool.Run(["rank", "--model", model, "--user", "c1", "--offers", offers, .. options]).FailedWith(ExitCode.Usage, expected);
    }

    private static CommandResult Rank(string model, string offers, params string[] options) =>
        Tool.Run(["rank", "--model", model, "--user", "c1", "--offers", offers, "--keep-consumed", "--json", .. options]).Succeeded();

    private static string Best(CommandResult ranked) => ranked.Json.GetProperty("ranking")[0].GetProperty("offer").GetString()!;

    /// <summary>Every second customer takes one offer in one moment, and the others another in another; all else is alike.</summary>
    private (string Model, string Offers) Learnt(string what)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        for (int customer = 0; customer < Customers; customer++)
        {
            builder.Add(new Interaction($"c{customer}", new ItemId("tea"), InteractionKind.Purchase, Now.AddDays(-20)));
            builder.Add(new Interaction($"c{customer}", new ItemId("coffee"), InteractionKind.Purchase, Now.AddDays(-20)));
        }

        HybridMember[] members = [new("repeat", new RepeatTrainer().Train(builder.Build(TestContext.Current.CancellationToken)))];
        string[] best = what switch { "basket" => ["tea-off", "coffee-off"], "value" => ["threshold", "percent"], _ => ["shipping", "percent"] };
        UserOffer[] taken = [.. Enumerable.Range(0, Customers).Select(customer => new UserOffer($"c{customer}", best[customer % 2]))];
        var occasion = new OfferOccasion(HybridModel.Of(members), new CatalogSnapshot(Offers, [new Item { Id = "tea" }, new Item { Id = "coffee" }]), taken, Now)
        {
            RequestOf = user => new RankRequest { HideRedeemed = false, HidePurchased = false, Context = ContextOf(what, int.Parse(user.ToString()[1..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0) },
        };
        string model = _folder[$"{what}.model"];
        HybridModel.Stacked(members, new OfferStackingTrainer(new OfferStackingOptions { Training = { Cost = 10 } }).Train([occasion], cancellationToken: TestContext.Current.CancellationToken))
            .Save(model, cancellationToken: TestContext.Current.CancellationToken);
        return (model, OffersFile());
    }

    private static RankContext ContextOf(string what, bool first) => what switch
    {
        "device" => new() { Device = first ? "phone" : "desk" },
        "page" => new() { Page = first ? "checkout" : "home" },
        "location" => new() { Location = first ? "DE" : "US" },
        "hour" => new() { LocalTime = new DateTimeOffset(2026, 3, 10, first ? 8 : 19, 0, 0, TimeSpan.Zero) },
        "weekday" => new() { LocalTime = new DateTimeOffset(2026, 3, first ? 10 : 14, 12, 0, 0, TimeSpan.Zero) },
        "basket" => new() { Basket = [first ? "tea" : "coffee"] },
        _ => new() { BasketValue = first ? 45 : 4 },
    };

    private string OffersFile() => _folder.Write(
        "offers.csv", "id,form,value,targets,minimum_spend\ncoffee-off,cash-off,1,item:coffee,\npercent,percent-off,10,item:tea|item:coffee,\nshipping,free-shipping,,shop,\ntea-off,cash-off,1,item:tea,\nthreshold,spend-threshold,5,shop,50\n");
}
