using PromoRec.Evaluation;

namespace PromoRec.Tests.Quality;

/// <summary>The coupon ranking protocol on the Complete Journey: simple rankings have the figures that were measured for them.</summary>
public sealed class CouponRankingTests
{
    private const string Folder = "complete-journey/";
    private const string Campaign = "13";
    private const string Start = "2017-08-08";

    [Fact]
    public void Sales_of_a_coupons_products_over_all_households_have_the_measured_figures()
    {
        Dictionary<OfferId, HashSet<string>> coupons = Coupons();
        Dictionary<string, double> sales = Sales().GroupBy(sale => sale.Product).ToDictionary(group => group.Key, group => (double)group.Count());
        Dictionary<OfferId, double> scores = coupons.ToDictionary(coupon => coupon.Key, coupon => coupon.Value.Sum(product => sales.GetValueOrDefault(product)));

        EvaluationResult result = Evaluate(coupons.Keys, (_, coupon) => scores[coupon]);

        AssertFigures(result, recall: 0.3367, ndcg: 0.2390, hitRate: 0.6786, reciprocalRank: 0.3242, tolerance: 0.0001);
    }

    [Fact]
    public void A_households_own_sales_of_a_coupons_products_have_the_measured_figures()
    {
        Dictionary<OfferId, HashSet<string>> coupons = Coupons();
        (UserId Household, string Product)[] all = [.. Sales()];
        Dictionary<string, double> sales = all.GroupBy(sale => sale.Product).ToDictionary(group => group.Key, group => (double)group.Count());
        Dictionary<OfferId, double> popularity = coupons.ToDictionary(coupon => coupon.Key, coupon => coupon.Value.Sum(product => sales.GetValueOrDefault(product)));
        ILookup<UserId, string> bought = all.ToLookup(sale => sale.Household, sale => sale.Product);

        EvaluationResult result = Evaluate(coupons.Keys, (household, coupon) => bought[household].Count(coupons[coupon].Contains) + (1e-6 * popularity[coupon]));

        // Most households bought nothing of most coupons. The measured figures break these ties by a popularity that is not written down.
        AssertFigures(result, recall: 0.4187, ndcg: 0.2961, hitRate: 0.7347, reciprocalRank: 0.3658, tolerance: 0.004);
    }

    private static EvaluationResult Evaluate(IReadOnlyCollection<OfferId> coupons, Func<UserId, OfferId, double> score)
    {
        UserOffer[] redeemed = [.. DataTable.Rows(Folder + "coupon_redemptions.csv.gz", ',').Where(row => row[2] == Campaign).Select(row => new UserOffer(row[0], row[1]))];
        return new RankingEvaluator(new EvaluationOptions { Resamples = 100 }).EvaluateOffers(
            household => [.. coupons.OrderByDescending(coupon => score(household, coupon)).ThenBy(coupon => coupon)],
            redeemed,
            RankingMetric.ParseList("recall@10,ndcg@10,hr@10,mrr@1000"));
    }

    private static void AssertFigures(EvaluationResult result, double recall, double ndcg, double hitRate, double reciprocalRank, double tolerance)
    {
        Assert.Equal(196, result.Users);
        Assert.Equal(620, result.PerUser.Sum(user => user.Relevant));
        Assert.Equal(recall, result["recall@10"].Mean, tolerance);
        Assert.Equal(ndcg, result["ndcg@10"].Mean, tolerance);
        Assert.Equal(hitRate, result["hr@10"].Mean, tolerance);
        Assert.Equal(reciprocalRank, result["mrr@1000"].Mean, tolerance);
    }

    /// <summary>The campaign's coupons with the products they apply to.</summary>
    private static Dictionary<OfferId, HashSet<string>> Coupons() => DataTable.Rows(Folder + "coupons.csv.gz", ',')
        .Where(row => row[2] == Campaign)
        .GroupBy(row => new OfferId(row[0]), row => row[1])
        .ToDictionary(group => group.Key, group => group.ToHashSet());

    /// <summary>One entry for every row of the transactions before the campaign.</summary>
    private static IEnumerable<(UserId Household, string Product)> Sales() => DataTable.Rows(Folder + "transactions.csv.gz", ',')
        .Where(row => string.CompareOrdinal(row[10], Start) < 0)
        .Select(row => (new UserId(row[0]), row[3]));
}
