using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;

namespace PromoRec.Tests.Quality;

/// <summary>One campaign of the Complete Journey: what was known before it, its coupons, and who redeemed which.</summary>
internal sealed class CouponCampaign
{
    private const string Folder = "complete-journey/";

    private static readonly Lazy<Sale[]> Sales = new(() =>
        [.. DataTable.Rows(Folder + "transactions.csv.gz", ',').Select(row => new Sale(row[0], row[3], TimeOf(row[10]), IsNot0(row[7]) || IsNot0(row[8]), double.Parse(row[5], CultureInfo.InvariantCulture)))]);

    private static readonly Lazy<Item[]> Products = new(() => [.. DataTable.Rows(Folder + "products.csv.gz", ',').Select(row => new Item
    {
        Id = row[0],
        Brand = row[1].Length > 0 ? row[1] : null,
        Categories = [.. new[] { row[5], row[4] }.Where(name => name.Length > 0).Distinct()],
    })]);

    private static readonly Lazy<Item[]> Types = new(() => [.. DataTable.Rows(Folder + "products.csv.gz", ',').Select(row => new Item
    {
        Id = row[0],
        Brand = row[1].Length > 0 ? row[1] : null,
        Categories = [.. new[] { row[5] }.Where(name => name.Length > 0)],
    })]);

    private static readonly Lazy<ILookup<string, (OfferId Coupon, ItemId Product)>> Coupons = new(() =>
        DataTable.Rows(Folder + "coupons.csv.gz", ',').ToLookup(row => row[2], row => (new OfferId(row[0]), new ItemId(row[1]))));

    private static readonly Lazy<ILookup<string, UserOffer>> Redeemers = new(() =>
        DataTable.Rows(Folder + "coupon_redemptions.csv.gz", ',').ToLookup(row => row[2], row => new UserOffer(row[0], row[1])));

    private static readonly Lazy<Dictionary<string, string>> Starts = new(() =>
        DataTable.Rows(Folder + "campaign_descriptions.csv.gz", ',').ToDictionary(row => row[0], row => row[2]));

    public CouponCampaign(string campaign)
    {
        Start = TimeOf(Starts.Value[campaign]);
        Catalog = new CatalogSnapshot(
            [.. Coupons.Value[campaign].GroupBy(pair => pair.Coupon, pair => pair.Product).Select(group => new Offer { Id = group.Key, Terms = OfferTerms.CashOff(1), Targets = [.. group.Distinct().Select(OfferTarget.Item)] })],
            Products.Value);
        Redeemed = [.. Redeemers.Value[campaign]];
    }

    public DateTimeOffset Start { get; }

    /// <summary>The coupons, each aimed at its products. Their worth is not in the data.</summary>
    public CatalogSnapshot Catalog { get; }

    public UserOffer[] Redeemed { get; }

    /// <summary>Each product with its type, the finest kind that there is, as its only category: a type of one brand is a line of products.</summary>
    public static IReadOnlyList<Item> ProductTypes => Types.Value;

    /// <summary>One event for every row of the transactions before the campaign: a redemption where a coupon was used, otherwise a purchase.</summary>
    /// <param name="halfLife">After how long an event counts half; never unless given.</param>
    public InteractionDataset History(TimeSpan? halfLife = null)
    {
        var options = new DatasetOptions();
        options.Weights.SetHalfLife(halfLife);
        return Build(options);
    }

    /// <summary>The same events with their times; those without a coupon count next to nothing.</summary>
    public InteractionDataset Redemptions()
    {
        var options = new DatasetOptions { KeepEvents = true };
        options.Weights[InteractionKind.Purchase] = new InteractionWeight(0.02);
        return Build(options);
    }

    /// <summary>The same events, each with what was spent.</summary>
    public InteractionDataset Spending() => Build(new DatasetOptions(), spent: true);

    private InteractionDataset Build(DatasetOptions options, bool spent = false)
    {
        options.AsOf = Start;
        var builder = new DatasetBuilder(options);
        foreach (Sale sale in Sales.Value)
        {
            if (sale.At < Start)
            {
                builder.Add(new Interaction(sale.Household, sale.Product, sale.WithCoupon ? InteractionKind.Redeem : InteractionKind.Purchase, sale.At) { Value = spent ? sale.Spent : 1 });
            }
        }

        return builder.Build();
    }

    private static bool IsNot0(string number) => double.Parse(number, CultureInfo.InvariantCulture) != 0;

    private static DateTimeOffset TimeOf(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private sealed record Sale(UserId Household, ItemId Product, DateTimeOffset At, bool WithCoupon, double Spent);
}
