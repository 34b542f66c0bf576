using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>One step of FTRL-proximal for all weights of an example at once. One thread at a time.</summary>
/// <remarks>
/// <para>
/// The states of the example's columns, z and n, are copied next to each other; there the square roots and divisions, two and one for each, are done four at
/// a time; then they go back to where they came from. A step is score, move, keep, so that the caller can refuse what does not fit.
/// </para>
/// <para>
/// w = -(|z| - λ₁)₊ sign(z) / ((β + √n)/α + λ₂); after a gradient g: n' = n + g², z' = z + g - w (√n' - √n)/α. All is done number by number but for
/// the score, which is added in four sums, the i-th product in sum i mod 4, that meet as (0 + 2) + (1 + 3): every processor gives the same bits.
/// Source: McMahan et al., KDD 2013, algorithm 1.
/// </para>
/// </remarks>
internal sealed class FtrlSteps
{
    private readonly FtrlState[] _states;
    private readonly double _perAlpha;
    private readonly double _beta;
    private readonly double _l1;
    private readonly double _l2;
    private readonly double _maxWeight;
    private double[] _pulls = [];
    private double[] _squares = [];
    private double[] _roots = [];
    private double[] _weights = [];
    private double[] _values = [];
    private int _count;

    /// <param name="states">A state for each column.</param>
    /// <param name="alpha">α, above 0.</param>
    /// <param name="beta">β, 0 or above.</param>
    /// <param name="l1">λ₁, 0 or above.</param>
    /// <param name="l2">λ₂, 0 or above.</param>
    /// <param name="maxWeight">The largest size of a weight.</param>
    public FtrlSteps(FtrlState[] states, double alpha, double beta, double l1, double l2, double maxWeight)
    {
        _states = states;
        _perAlpha = 1 / alpha;
        _beta = beta;
        _l1 = l1;
        _l2 = l2;
        _maxWeight = maxWeight;
    }

    /// <summary>A hint that an example with these columns comes soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Prefetch(ReadOnlySpan<int> columns)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // A hint does no harm where the array has moved away meanwhile.
        ref FtrlState first = ref MemoryMarshal.GetArrayDataReference(_states);
        foreach (int column in columns)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, column)));
        }
    }

    /// <summary>Σ value · weight of an example, which becomes the one that <see cref="Move"/> means.</summary>
    /// <param name="columns">Its columns, each once.</param>
    /// <param name="values">Their values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Score(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        Take(columns, values);
        ref double pulls = ref MemoryMarshal.GetArrayDataReference(_pulls);
        ref double squares = ref MemoryMarshal.GetArrayDataReference(_squares);
        Vector256<double> sum = default;
        for (nuint i = 0; i < (nuint)_count; i += 4)
        {
            var pull = Vector256.LoadUnsafe(ref pulls, i);
            Vector256<double> root = Vector256.Sqrt(Vector256.LoadUnsafe(ref squares, i));
            Vector256<double> beyond = Vector256.Abs(pull) - Vector256.Create(_l1);
            Vector256<double> rate = RateOf(root);

            // With β = 0, a weight that has seen nothing but zero gradients has no learning rate yet.
            Vector256<double> moves = Vector256.GreaterThan(beyond, Vector256<double>.Zero) & Vector256.GreaterThan(rate, Vector256<double>.Zero);
            Vector256<double> size = (beyond / rate) & moves;
            Vector256<double> weight = size ^ (~pull & Vector256.Create(-0.0) & moves);
            root.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_roots), i);
            weight.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_weights), i);
            sum += weight * Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), i);
        }

        return sum[0] + sum[2] + (sum[1] + sum[3]);
    }

    /// <summary>Moves the copied states by the loss's slope at the score.</summary>
    /// <returns>Whether the new states, and the weights that they give, are in range.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Move(double slope)
    {
        ref double pulls = ref MemoryMarshal.GetArrayDataReference(_pulls);
        ref double squares = ref MemoryMarshal.GetArrayDataReference(_squares);
        Vector256<double> fit = Vector256<double>.AllBitsSet;
        for (nuint i = 0; i < (nuint)_count; i += 4)
        {
            Vector256<double> gradient = Vector256.Create(slope) * Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_values), i);
            Vector256<double> square = Vector256.LoadUnsafe(ref squares, i) + (gradient * gradient);
            Vector256<double> root = Vector256.Sqrt(square);
            Vector256<double> shift = (root - Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_roots), i)) * Vector256.Create(_perAlpha);
            Vector256<double> pull = Vector256.LoadUnsafe(ref pulls, i) + gradient - (shift * Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_weights), i));
            pull.StoreUnsafe(ref pulls, i);
            square.StoreUnsafe(ref squares, i);

            // |weight| is at most the largest, said without a division; nothing that is infinite or no number is at most a finite number.
            Vector256<double> rate = RateOf(root);
            Vector256<double> beyond = Vector256.Abs(pull) - Vector256.Create(_l1);
            fit &= Vector256.LessThanOrEqual(Vector256.Abs(pull), Vector256.Create(double.MaxValue));
            fit &= Vector256.LessThanOrEqual(square, Vector256.Create(double.MaxValue));
            fit &= Vector256.LessThanOrEqual(beyond, rate * Vector256.Create(_maxWeight)) | Vector256.LessThanOrEqual(rate, Vector256<double>.Zero);
        }

        return Vector256.EqualsAll(fit.AsInt64(), Vector256<long>.AllBitsSet);
    }

    /// <summary>Writes the moved states back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(ReadOnlySpan<int> columns)
    {
        FtrlState[] states = _states;
        for (int i = 0; i < columns.Length; i++)
        {
            states[columns[i]] = new FtrlState(_pulls[i], _squares[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> RateOf(Vector256<double> root) => ((Vector256.Create(_beta) + root) * Vector256.Create(_perAlpha)) + Vector256.Create(_l2);

    /// <summary>Copies the states of an example, and fills up to a multiple of four with what has no weight and gets none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        values = values[..columns.Length];
        _count = (columns.Length + 3) & ~3;
        if (_pulls.Length < _count)
        {
            int length = 2 * _count;
            (_pulls, _squares, _roots, _weights, _values) = (new double[length], new double[length], new double[length], new double[length], new double[length]);
        }

        FtrlState[] states = _states;
        double[] pulls = _pulls;
        double[] squares = _squares;
        double[] numbers = _values;
        for (int i = 0; i < columns.Length; i++)
        {
            FtrlState state = states[columns[i]];
            pulls[i] = state.Pull;
            squares[i] = state.Squares;
            numbers[i] = values[i];
        }

        for (int i = columns.Length; i < _count; i++)
        {
            pulls[i] = 0;
            squares[i] = 0;
            numbers[i] = 0;
        }
    }
}
