using BenchmarkDotNet.Attributes;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>What does it cost to rank all offers of a catalog for one customer and to say why?</summary>
[MemoryDiagnoser]
public class RankBench
{
    private readonly RankedOffer[] _places = new RankedOffer[10];
    private readonly RankRequest _withoutReasons = new() { WithReasons = false };
    private IOfferRanker? _ranker;
    private int _call;

    [Params(1_000, 10_000)]
    public int Offers { get; set; }

    [Params(64)]
    public int Factors { get; set; }

    [GlobalSetup]
    public void Open() => _ranker = new RankShop(Offers, Factors).Ranker;

    [Benchmark(Baseline = true)]
    public RankSummary Span() => _ranker!.Rank(NextUser(), _places);

    [Benchmark]
    public RankSummary SpanWithoutReasons() => _ranker!.Rank(NextUser(), _places, _withoutReasons);

    [Benchmark]
    public RankedOffers List() => _ranker!.Rank(NextUser());

    [Benchmark]
    public RankSummary SpanForStranger() => _ranker!.Rank(-1, _places);

    private UserId NextUser() => RankShop.Customer(_call++);
}
