using System.Globalization;
using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Quality;

/// <summary>Profiles of the Complete Journey's households at the start of campaign 13, against plain sums and against what the households did next.</summary>
public sealed class ProfileQualityTests
{
    private const string Folder = "complete-journey/";
    private const string Campaign = "13";

    private static readonly DateTimeOffset Start = new(2017, 8, 8, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Recency_frequency_and_monetary_value_are_those_of_the_receipts()
    {
        Sale[] sales = [.. Sales()];
        CustomerProfiles profiles = ProfilesOf(sales);
        ProfileSegments segments = profiles.Segment(TestContext.Current.CancellationToken);

        Sale[] before = [.. sales.Where(sale => sale.At <= Start)];
        Assert.Equal(before.Select(sale => sale.Household).Distinct().Count(), segments.Buyers);
        Assert.All(before.GroupBy(sale => sale.Household), household =>
        {
            RfmValues rfm = profiles.Find(household.Key)!.Rfm;
            Assert.Equal(household.Select(sale => sale.Basket).Distinct().Count(), rfm.Frequency);
            Assert.Equal(household.Sum(sale => sale.Amount), rfm.Monetary);
            Assert.Equal(household.Max(sale => sale.At), rfm.LastPurchaseAt);
        });
        Assert.Equal(8, segments.Clusters.Count);
        Assert.All(Enumerable.Range(1, 5), quintile => Assert.InRange(
            before.Select(sale => sale.Household).Distinct().Count(household => segments.Find(household)!.Rfm!.Value.Monetary == quintile),
            (segments.Buyers / 5) - 1,
            (segments.Buyers / 5) + 1));
    }

    [Fact]
    public void Interests_foretell_what_their_own_household_buys_next_better_than_what_another_does()
    {
        Sale[] sales = [.. Sales()];
        CustomerProfiles profiles = ProfilesOf(sales);
        Dictionary<string, string> categoryOf = Items().Where(item => item.Categories.Count > 0).ToDictionary(item => item.Id.ToString(), item => item.Categories[0]);
        (CustomerProfile Profile, string[] Next)[] households =
        [
            .. sales.Where(sale => sale.At > Start && categoryOf.ContainsKey(sale.Product))
                .GroupBy(sale => sale.Household, sale => categoryOf[sale.Product])
                .Where(household => profiles.Find(household.Key) is { Categories.Count: >= 10 })
                .OrderBy(household => household.Key)
                .Select(household => (profiles.Find(household.Key)!, household.Distinct().ToArray())),
        ];
        int own = 0, others = 0;
        for (int i = 0; i < households.Length; i++)
        {
            own += households[i].Next.Intersect(households[i].Profile.Categories.Take(10).Select(interest => interest.Name)).Count();
            others += households[i].Next.Intersect(households[(i + 1) % households.Length].Profile.Categories.Take(10).Select(interest => interest.Name)).Count();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{households.Length} households bought {households.Sum(household => household.Next.Length)} categories: {own} among their own ten interests, {others} among another's");
        Assert.True(own > 1.6 * others, $"{own} against {others}");
    }

    [Fact]
    public void Households_with_a_taste_for_discounts_redeem_more_of_the_next_campaign()
    {
        CustomerProfiles profiles = ProfilesOf([.. Sales()]);
        HashSet<UserId> redeemed = [.. DataTable.Rows(Folder + "coupon_redemptions.csv.gz", ',').Where(row => row[2] == Campaign).Select(row => new UserId(row[0]))];
        UserId[] reached = [.. DataTable.Rows(Folder + "campaigns.csv.gz", ',').Where(row => row[0] == Campaign).Select(row => new UserId(row[1]))];

        double byDiscounts = AreaUnderCurve(reached, redeemed, household => profiles.Find(household)?.Discount.Share ?? 0.05);
        double byFrequency = AreaUnderCurve(reached, redeemed, household => profiles.Find(household)?.Rfm.Frequency ?? 0);

        TestContext.Current.TestOutputHelper?.WriteLine($"households {reached.Length}, redeemed {redeemed.Count}: area under the curve {byDiscounts:F4} by discounts, {byFrequency:F4} by frequency");
        Assert.True(byDiscounts > 0.58, $"{byDiscounts}");
    }

    [Fact]
    public void Fifty_thousand_customers_have_the_same_segments_for_any_number_of_threads()
    {
        FullRuns.Require();
        ProfileSegments one = Segmented(threads: 1);
        ProfileSegments all = Segmented(threads: 0);

        Assert.Equal(50_000, one.Customers);
        Assert.Equal(one.Inertia, all.Inertia);
        Assert.All(Enumerable.Range(0, 50_000), user => Assert.Equal(one.Find(user), all.Find(user)));
    }

    /// <summary>40 events for each of 50,000 customers over 5,000 items of 100 categories and 200 brands, without any order.</summary>
    private static ProfileSegments Segmented(int threads)
    {
        Item[] items = [.. Enumerable.Range(0, 5_000).Select(i => new Item { Id = i, Categories = [$"c{i % 100}"], Brand = $"b{i % 200}", Price = 1 + (i % 37) })];
        var profiles = new CustomerProfiles(new InMemoryOfferCatalog(new CatalogSnapshot([], items)), new CustomerProfileOptions { Threads = threads }, new ManualTime(Start));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int from = 0; from < 2_000_000; from += 1_000)
        {
            profiles.Add([.. Enumerable.Range(from, 1_000).Select(i => Event((int)((uint)(i * 1_103_515_245L) % 2_000_000)))]);
        }

        double added = watch.Elapsed.TotalSeconds;
        ProfileSegments segments = profiles.Segment(TestContext.Current.CancellationToken);
        double segmented = watch.Elapsed.TotalSeconds - added;
        watch.Restart();
        for (int user = 0; user < 10_000; user++)
        {
            profiles.Find(user);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"threads {threads}: adding {added:F2} s, segments {segmented:F2} s, a profile of 40 events {watch.Elapsed.TotalMicroseconds / 10_000:F1} microseconds, memory {GC.GetTotalMemory(true) / 1e6:F0} MB"));
        GC.KeepAlive(profiles);
        return segments;

        static Interaction Event(int i) => new(i % 50_000, new ItemId((i % 50_000 * 31 % 5_000) + (i / 50_000 * 7 % 100)), i % 4 == 0 ? InteractionKind.Purchase : InteractionKind.View, Start.AddMinutes(-i % 400_000))
        {
            EventId = $"e{i}",
        };
    }

    private static double AreaUnderCurve(UserId[] users, HashSet<UserId> positive, Func<UserId, double> score)
    {
        double[] yes = [.. users.Where(positive.Contains).Select(score)];
        double[] no = [.. users.Where(user => !positive.Contains(user)).Select(score)];
        return yes.Average(x => no.Average(y => x > y ? 1.0 : x == y ? 0.5 : 0));
    }

    private static CustomerProfiles ProfilesOf(Sale[] sales)
    {
        // A discount here is a coupon's: nearly every line has one of the loyalty card.
        var options = new CustomerProfileOptions { TimeZone = "America/New_York", DiscountPriorShare = 0.05 };
        var profiles = new CustomerProfiles(new InMemoryOfferCatalog(new CatalogSnapshot([], [.. Items()])), options, new ManualTime(Start));
        profiles.Add([.. sales.Select(sale => new Interaction(sale.Household, (ItemId)sale.Product, InteractionKind.Purchase, sale.At)
        {
            Details = new InteractionDetails { Amount = sale.Amount, Discount = sale.Coupon, OrderId = sale.Basket },
        })]);
        return profiles;
    }

    private static IEnumerable<Item> Items() => DataTable.Rows(Folder + "products.csv.gz", ',')
        .Select(row => new Item { Id = row[0], Categories = string.IsNullOrWhiteSpace(row[4]) ? [] : [row[4]], Brand = row[1] });

    private static IEnumerable<Sale> Sales()
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        return DataTable.Rows(Folder + "transactions.csv.gz", ',').Select(row =>
        {
            DateTime local = DateTime.Parse(row[10], CultureInfo.InvariantCulture);
            return new Sale(
                row[0], row[3], row[2], new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime(),
                Cents(row[5]), Cents(row[7]) + Cents(row[8]));
        });
    }

    // Some discounts are rounding errors such as 4.4e-16.
    private static decimal Cents(string text) => Math.Round(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), 2);

    private sealed record Sale(UserId Household, string Product, string Basket, DateTimeOffset At, decimal Amount, decimal Coupon);
}
