using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>What do several rows a pass win over one dot product after the other?</summary>
[MemoryDiagnoser]
public class BlockScoresBench
{
    private const int Queries = 32;
    private const int Items = 1000;
    private readonly float[] _scores = new float[Queries * Items];
    private FactorMatrix _queries = FactorMatrix.Create(0, 1);
    private FactorMatrix _items = FactorMatrix.Create(0, 1);

    [Params(64, 128)]
    public int Factors { get; set; }

    [GlobalSetup]
    public void Fill() => (_queries, _items) = (Rows.Random(Queries, Factors, seed: 1), Rows.Random(Items, Factors, seed: 2));

    [Benchmark(Baseline = true)]
    public void TensorPrimitivesDots()
    {
        for (int query = 0; query < Queries; query++)
        {
            for (int item = 0; item < Items; item++)
            {
                _scores[(query * Items) + item] = TensorPrimitives.Dot<float>(_queries.Row(query), _items.Row(item));
            }
        }
    }

    [Benchmark]
    public void OneToMany()
    {
        for (int query = 0; query < Queries; query++)
        {
            BlockScores.OneToMany(_queries.Row(query), _items, 0, _scores.AsSpan(query * Items, Items));
        }
    }

    [Benchmark]
    public void ManyToMany() => BlockScores.ManyToMany(_queries, 0, Queries, _items, 0, Items, _scores);
}
