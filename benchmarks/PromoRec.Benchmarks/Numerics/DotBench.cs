using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>What do fixed lanes, and with them equal bits on every processor, cost for one dot product?</summary>
[MemoryDiagnoser]
public class DotBench
{
    private float[] _customer = [];
    private float[] _item = [];

    [Params(32, 64, 128, 192)]
    public int Factors { get; set; }

    [GlobalSetup]
    public void Fill() => (_customer, _item) = (Rows.Random(1, Factors, seed: 1).Data.ToArray(), Rows.Random(1, Factors, seed: 2).Data.ToArray());

    [Benchmark(Baseline = true)]
    public float TensorPrimitivesDot() => TensorPrimitives.Dot<float>(_customer, _item);

    [Benchmark]
    public float FixedLaneDot() => VectorMath.Dot(_customer, _item);
}
