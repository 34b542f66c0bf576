using BenchmarkDotNet.Attributes;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>How long does the Gram matrix of 138,000 customers take, and what do threads win?</summary>
/// <remarks>It does 138,000 · factors · (factors + 16) floating-point operations; compare with <see cref="Yardsticks.FmaGigaflops"/>.</remarks>
[MemoryDiagnoser]
public class GramBench
{
    private const int Customers = 138_000;
    private FactorMatrix _customers = FactorMatrix.Create(0, 1);

    [Params(64, 128)]
    public int Factors { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Fill() => _customers = Rows.Random(Customers, Factors, seed: 1);

    [Benchmark]
    public float Gram() => GramMatrix.Compute(_customers, Threads, CancellationToken.None).Data[0];
}
