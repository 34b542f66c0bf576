using BenchmarkDotNet.Attributes;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>How long do the steps of solving one row of implicit ALS take, by both ways?</summary>
[MemoryDiagnoser]
public class LeastSquaresBench
{
    private FactorMatrix _gram = FactorMatrix.Create(1, 1);
    private NormalEquations _equations = new(FactorMatrix.Create(1, 1));
    private int[] _order = [];
    private float[] _rows = [];
    private float[] _weights = [];
    private float[] _matrix = [];
    private float[] _p = [];
    private float[] _result = [];

    [Params(64, 128)]
    public int Factors { get; set; }

    [Params(20, 150)]
    public int Interactions { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        FactorMatrix rows = Rows.Random(1000, Factors, seed: 1);
        _gram = GramMatrix.Compute(rows, 1, CancellationToken.None);
        _rows = rows.Data[..(Interactions * rows.Stride)].ToArray();
        _equations = new NormalEquations(rows);
        _order = [.. Enumerable.Range(0, Interactions)];
        _weights = [.. Enumerable.Repeat(1f, Interactions)];
        _p = Rows.Random(1, Factors, seed: 2).Data.ToArray();
        _matrix = new float[_gram.Data.Length];
        _result = new float[rows.Stride];
    }

    [Benchmark]
    public void ConjugateGradientStep()
    {
        Array.Clear(_result);
        SymmetricProduct.Apply(_gram, _p, _result);
        WeightedOperator.Apply(_rows, _weights, [], _p, _result);
    }

    [Benchmark]
    public void NormalEquationsAlone()
    {
        _gram.Data.CopyTo(_matrix);
        _equations.Add(_order, _weights, _weights, _matrix, _result);
    }

    [Benchmark]
    public void CholeskyAlone()
    {
        _gram.Data.CopyTo(_matrix);
        _ = Cholesky.TryFactorize(_matrix, Factors, _gram.Stride);
        _p.CopyTo(_result, 0);
        Cholesky.Solve(_matrix, Factors, _gram.Stride, _result);
    }
}
