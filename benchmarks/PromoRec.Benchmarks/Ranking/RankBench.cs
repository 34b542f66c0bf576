using BenchmarkDotNet.Attributes;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>What does it cost to rank all offers of a catalog for one customer and to say why?</summary>
[MemoryDiagnoser]
public class RankBench
{
    private readonly RankedOffer[] _places = new RankedOffer[10];
    private readonly RankRequest _withoutReasons = new() { WithReasons = false };
    private RankShop? _shop;
    private int _call;

    [Params(1_000, 10_000)]
    public int Offers { get; set; }

    [Params(64)]
    public int Factors { get; set; }

    [GlobalSetup]
    public void Open() => _shop = new RankShop(Offers, Factors);

    [Benchmark(Baseline = true)]
    public RankSummary Span() => _shop!.Ranker.Rank(NextUser(), _places);

    [Benchmark]
    public RankSummary SpanWithoutReasons() => _shop!.Ranker.Rank(NextUser(), _places, _withoutReasons);

    [Benchmark]
    public RankedOffers List() => _shop!.Ranker.Rank(NextUser());

    [Benchmark]
    public RankSummary SpanForStranger() => _shop!.Ranker.Rank(-1, _places);

    private UserId NextUser() => RankShop.Customer(_call++);
}
