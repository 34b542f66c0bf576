using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace PromoRec.Cli.Tests.Commands;

/// <summary>Coupon ranking on real data: campaign 13 of a grocery chain, as the README beside the data describes it.</summary>
public sealed class CompleteJourneyTests(ITestOutputHelper output) : IDisposable
{
    private const string Campaign = "13";
    private const string Begin = "2017-08-08";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Real_coupons_go_through_fit_evaluate_and_rank_and_past_redemptions_are_beaten_by_far()
    {
        string transactions = TestData.Require("complete-journey/transactions.csv.gz");
        string offers = WriteOffers(TestData.Require("complete-journey/coupons.csv.gz"));
        string test = WriteRedemptions(TestData.Require("complete-journey/coupon_redemptions.csv.gz"));

        JsonElement fit = Tool.Run(
            "fit", "--interactions", transactions, "--columns", "user=household_id,item=product_id,at=transaction_timestamp",
            "--time-zone", "America/New_York", "--until", Begin, "--out", _folder["model"], "--json").Succeeded().Json;
        JsonElement report = Tool.Run(
            "evaluate", "--model", _folder["model"], "--test", test, "--offers", offers, "--keep-consumed", "--popularity",
            "--metrics", "recall@10,ndcg@10,hr@10,mrr@207", "--json").Succeeded().Json;
        JsonElement rank = Tool.Run("rank", "--model", _folder["model"], "--user", "1", "--offers", offers, "--keep-consumed", "--explain", "--json").Succeeded().Json;

        output.WriteLine("scorer                                     Recall@10  NDCG@10  Hit@10     MRR");
        output.WriteLine("past redemptions of the coupon                0.1242   0.0906  0.3265  0.1726  (README)");
        output.WriteLine("sales rows of its products, everybody         0.3367   0.2390  0.6786  0.3242  (README)");
        output.WriteLine("the household's own sales rows of them        0.4187   0.2961  0.7347  0.3658  (README)");
        output.WriteLine($"PromoRec, popularity                          {Row(report.GetProperty("popularity"))}");
        output.WriteLine($"PromoRec, implicit ALS with defaults          {Row(report.GetProperty("metrics"))}");

        Assert.InRange(fit.GetProperty("users").GetInt32(), 1_000, 2_500);
        Assert.Equal(196, report.GetProperty("users").GetInt32());
        Assert.InRange(Metric(report, "recall@10"), 0.35, 1);
        Assert.InRange(Metric(report, "ndcg@10"), 0.25, 1);
        Assert.InRange(Metric(report, "recall@10"), report.GetProperty("popularity").GetProperty("recall@10").GetDouble(), 1);
        Assert.Equal(10, rank.GetProperty("ranking").GetArrayLength());
    }

    /// <summary>The training options did best on campaign 8, three months earlier.</summary>
    [Fact]
    public void Options_chosen_on_an_earlier_campaign_rank_the_coupons_of_this_one_better_than_the_defaults()
    {
        string transactions = TestData.Require("complete-journey/transactions.csv.gz");
        string offers = WriteOffers(TestData.Require("complete-journey/coupons.csv.gz"));
        string test = WriteRedemptions(TestData.Require("complete-journey/coupon_redemptions.csv.gz"));

        JsonElement report = Tool.Run(
            "evaluate", "--train", transactions, "--columns", "user=household_id,item=product_id,at=transaction_timestamp", "--until", Begin,
            "--factors", "128", "--regularization", "0.003", "--unobserved-weight", "0.1", "--test", test, "--offers", offers, "--keep-consumed",
            "--metrics", "recall@10,ndcg@10,hr@10,mrr@207", "--json").Succeeded().Json;

        output.WriteLine($"PromoRec, implicit ALS, chosen on campaign 8  {Row(report.GetProperty("metrics"))}");
        Assert.InRange(Metric(report, "recall@10"), 0.385, 1);
        Assert.InRange(Metric(report, "ndcg@10"), 0.275, 1);
    }

    private static double Metric(JsonElement report, string name) => report.GetProperty("metrics").GetProperty(name).GetDouble();

    private static string Row(JsonElement metrics) => string.Join("  ", new[] { "recall@10", "ndcg@10", "hr@10", "mrr@207" }
        .Select(name => metrics.GetProperty(name).GetDouble().ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(name == "ndcg@10" ? 7 : 6)));

    /// <summary>The coupons of the campaign, each aimed at its products. Their worth is not in the data.</summary>
    private string WriteOffers(string coupons)
    {
        var products = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string[] row in Rows(coupons, "coupon_upc", "product_id", "campaign_id").Where(row => row[2] == Campaign))
        {
            products.TryAdd(row[0], []);
            products[row[0]].Add(row[1]);
        }

        Assert.Equal(207, products.Count);
        var text = new StringBuilder("id,form,value,targets\n");
        foreach ((string coupon, List<string> aimedAt) in products)
        {
            text.Append(CultureInfo.InvariantCulture, $"{coupon},cash-off,1,{string.Join('|', aimedAt.Select(product => $"item:{product}"))}\n");
        }

        return _folder.Write("offers.csv", text.ToString());
    }

    private string WriteRedemptions(string redemptions)
    {
        string[] pairs = [.. Rows(redemptions, "household_id", "coupon_upc", "campaign_id").Where(row => row[2] == Campaign).Select(row => $"{row[0]},{row[1]},redeem").Distinct()];
        Assert.Equal(620, pairs.Length);
        return _folder.Write("test.csv", $"user,offer,kind\n{string.Join('\n', pairs)}\n");
    }

    private static IEnumerable<string[]> Rows(string path, params string[] columns)
    {
        using var text = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using CsvReader reader = CsvReader.Create(text, CsvReaderOptions.Default, leaveOpen: false);
        while (reader.Read())
        {
            yield return [.. columns.Select(reader.GetString)];
        }
    }
}
