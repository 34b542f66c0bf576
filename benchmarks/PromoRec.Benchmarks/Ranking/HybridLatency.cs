using System.Text.Json;
using PromoRec.Ranking;
using PromoRec.Scoring;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>How long does ranking by a stacked hybrid of six models take beside ranking by one of them, where does the time go, and does any of it allocate?</summary>
internal static class HybridLatency
{
    /// <summary>The argument of the benchmark program that runs this instead of BenchmarkDotNet.</summary>
    public const string Argument = "rank-hybrid";

    private const int Offers = 10_000;
    private const int Factors = 64;
    private const int CandidatesOfMember = 60;
    private const int Measured = 20_000;

    // Customers come in an order that no cache has seen.
    private const int Step = 7_919;

    public static void Run(TextWriter output)
    {
        var shop = new HybridShop(Offers, Factors, CandidatesOfMember);
        LiveModel als = shop.Open(shop.Als);
        LiveModel hybrid = shop.Open(shop.Hybrid);
        LiveModel byValue = shop.Open(shop.Hybrid, new RankingOptions { MaxRecentCustomers = HybridShop.Users, RankBy = RankBy.ExpectedValue });
        LiveModel active = shop.Open(shop.Hybrid);
        HybridShop.RecordEvents(active);
        var withoutReasons = new RankRequest { WithReasons = false };
        output.WriteLine($"Ranker.Rank, span form, 10 places, {Offers} offers, {HybridShop.Users} customers, one thread; {Candidates(hybrid):F0} offers put in order on average.");
        output.WriteLine();
        output.WriteLine(RankTimes.Heading);
        List<RankTimes> all = [];
        Add("one ALS", Rank(als, null));
        Add("one ALS, no reasons", Rank(als, withoutReasons));
        Add("hybrid", Rank(hybrid, null));
        Add("hybrid, no reasons", Rank(hybrid, withoutReasons));
        Add("hybrid, by expected value", Rank(byValue, null));
        Add("hybrid, customers with events since", Rank(active, null));
        output.WriteLine();
        output.WriteLine("Parts of it:");
        output.WriteLine();
        output.WriteLine(RankTimes.Heading);
        OfferFusion fusion = hybrid.State.Fusion!;
        var scratch = new RankScratch();
        for (int i = 0; i < fusion.Sources.Length; i++)
        {
            OfferScorer scorer = fusion.Sources[i].Scorer;
            Add($"scores of {fusion.Sources[i].Name}", user => scorer.TryScore(CustomerOf(user, hybrid).Known, scratch.Scoring, scratch.Scores(Offers)));
        }

        int[] admitted = [.. Enumerable.Range(0, Offers)];
        Add("all scores", user => fusion.Score(CustomerOf(user, hybrid).Known, Offers, scratch));
        Add("all scores, naming and adding up", user => Candidates(hybrid, user, admitted, scratch));
        Add("what the customer has", user => ConsumptionMarks.Find(hybrid.State, CustomerOf(user, hybrid), scratch));
        string path = Processor.ResultsPath("rank-hybrid.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, microseconds = all }, Processor.Json));
        output.WriteLine($"Written to {path}");

        void Add(string name, Action<UserId> call)
        {
            all.Add(RankTimes.Measure(name, Measured, i => call((int)((long)i * Step % HybridShop.Users))));
            output.WriteLine(all[^1].Line);
        }
    }

    private static Action<UserId> Rank(LiveModel live, RankRequest? request)
    {
        var ranker = new OfferRanker(live, directory: null, TimeProvider.System);
        var places = new RankedOffer[10];
        return user => ranker.Rank(user, places, request);
    }

    private static double Candidates(LiveModel live)
    {
        var scratch = new RankScratch();
        int[] admitted = [.. Enumerable.Range(0, Offers)];
        long count = 0;
        for (int user = 0; user < 1000; user++)
        {
            count += Candidates(live, user, admitted, scratch);
        }

        return count / 1000.0;
    }

    private static CustomerView CustomerOf(UserId user, LiveModel live) => CustomerView.Of(user, live.State, activity: null, directory: null);

    private static int Candidates(LiveModel live, UserId user, ReadOnlySpan<int> admitted, RankScratch scratch)
    {
        OfferFusion fusion = live.State.Fusion!;
        CustomerView customer = CustomerOf(user, live);
        uint answered = fusion.Score(customer.Known, Offers, scratch);
        Circumstances circumstances = fusion.CircumstancesOf(customer, context: null, DateTime.UnixEpoch.Ticks, scratch);
        return fusion.Fuse(answered, Offers, admitted, Offers, 10, scratch, circumstances).Count;
    }
}
