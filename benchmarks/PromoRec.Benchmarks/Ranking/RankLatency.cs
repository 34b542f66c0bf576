using System.Text.Json;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>How long does the slowest of a hundred rankings take, alone and where two threads rank while models are swapped, and does any of them allocate? Averages do not tell.</summary>
internal static class RankLatency
{
    /// <summary>The argument of the benchmark program that runs this instead of BenchmarkDotNet.</summary>
    public const string Argument = "rank-latency";

    private const int Factors = 64;
    private const int Measured = 50_000;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"Ranker.Rank, span form, 10 places, with reasons, {Factors} factors, {RankShop.Users:N0} customers, a different one each time.");
        output.WriteLine();
        output.WriteLine(RankTimes.Heading);
        List<RankTimes> all = [];
        Add(1_000, Alone, "1,000 offers, one thread");
        Add(10_000, Alone, "10,000 offers, one thread");
        Add(10_000, WithoutReasons, "the same without reasons");
        Add(10_000, WhileSwapping, "10,000 offers, two threads at once, a model swapped every second");
        string path = Processor.ResultsPath("rank-latency.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, microseconds = all }, Processor.Json));
        output.WriteLine($"Written to {path}");

        void Add(int offers, Func<string, RankShop, RankTimes> measure, string name)
        {
            using var shop = new RankShop(offers, Factors);
            all.Add(measure(name, shop));
            output.WriteLine(all[^1].Line);
        }
    }

    private static RankTimes Alone(string name, RankShop shop) => Alone(name, shop, RankRequest.Default);

    private static RankTimes WithoutReasons(string name, RankShop shop) => Alone(name, shop, new RankRequest { WithReasons = false });

    private static RankTimes Alone(string name, RankShop shop, RankRequest request)
    {
        var places = new RankedOffer[10];
        return RankTimes.Measure(name, Measured, call => shop.Ranker.Rank(RankShop.Customer(call), places, request));
    }

    private static RankTimes WhileSwapping(string name, RankShop shop)
    {
        using var over = new ManualResetEventSlim();
        var swapping = new Thread(() =>
        {
            while (!over.Wait(TimeSpan.FromSeconds(1)))
            {
                shop.Swap();
            }
        });
        swapping.Start();
        RankTimes times = RankTimes.MeasureTogether(name, threads: 2, 2 * Measured, thread =>
        {
            var places = new RankedOffer[10];
            return call => shop.Ranker.Rank(RankShop.Customer((2 * call) + thread), places);
        });
        over.Set();
        swapping.Join();
        return times;
    }
}
