using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Builds the weighted least-squares problem of one row for <see cref="Cholesky"/>. Not thread-safe: one for each worker.</summary>
/// <remarks>
/// <para>
/// Rows are read from their table once: scaled by the root of their weight, they go into a panel that caches hold, from which every tile of
/// the matrix then takes both of its sides. In the panel a vector of components of one row is followed by the same components of the next.
/// </para>
/// <para>Every sum is a chain of fused multiply-adds in the order of the rows, of each 128 those with a weight below zero last.</para>
/// </remarks>
internal sealed class NormalEquations
{
    /// <summary>Most rows at once: a panel of a few vectors of components stays in the first-level cache.</summary>
    public const int MostRows = 128;

    private readonly FactorMatrix _table;
    private readonly FactorMatrix _panel;
    private readonly int[] _rows = new int[MostRows];
    private readonly float[] _scales = new float[MostRows];
    private readonly float[] _linear = new float[MostRows];

    /// <param name="table">The rows r to choose from.</param>
    public NormalEquations(FactorMatrix table)
    {
        _table = table;
        _panel = FactorMatrix.Create(MostRows, table.Factors);
    }

    /// <summary>A += Σⱼ qⱼ rⱼ rⱼᵀ in the upper triangle, and b += Σⱼ lⱼ rⱼ; what stands below the triangle is left unspecified.</summary>
    /// <remarks>Element (i, k ≥ i) is a chain of fused multiply-adds of (√|qⱼ|·rⱼᵢ) and (√|qⱼ|·rⱼₖ). Allocates nothing.</remarks>
    /// <param name="rows">Which row of the table each rⱼ is.</param>
    /// <param name="quadratic">The weights qⱼ.</param>
    /// <param name="linear">The weights lⱼ.</param>
    /// <param name="a">A, a row for each factor, padded.</param>
    /// <param name="b">A padded row.</param>
    /// <param name="upcoming">Rows that the next call will have; they are fetched meanwhile, and change nothing.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> quadratic, ReadOnlySpan<float> linear, Span<float> a, Span<float> b, ReadOnlySpan<int> upcoming = default)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Lanes512>(rows, quadratic, linear, a, b, upcoming);
        }
        else
        {
            Add<EightFloats>(rows, quadratic, linear, a, b, upcoming);
        }
    }

    internal void Add<TFloats>(ReadOnlySpan<int> rows, ReadOnlySpan<float> quadratic, ReadOnlySpan<float> linear, Span<float> a, Span<float> b, ReadOnlySpan<int> upcoming = default)
        where TFloats : struct, IFloats<TFloats>
    {
        Throw.IfTooShort(quadratic.Length, rows.Length, nameof(quadratic));
        Throw.IfTooShort(linear.Length, rows.Length, nameof(linear));
        Throw.IfTooShort(a.Length, (long)_table.Factors * _table.Stride, nameof(a));
        Throw.IfTooShort(b.Length, _table.Stride, nameof(b));
        if (rows.IsEmpty)
        {
            return;
        }

        if (TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(rows)) >= (uint)_table.Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"A row is not in a table of {_table.Rows}.");
        }

        for (int first = 0; first < rows.Length; first += MostRows)
        {
            Range some = first..Math.Min(first + MostRows, rows.Length);
            ReadOnlySpan<float> weights = quadratic[some];
            if (TensorPrimitives.Min(weights) >= 0)
            {
                TensorPrimitives.Sqrt(weights, _scales);
                Add<TFloats, Plus>(rows[some], linear[some], a, b, upcoming);
                continue;
            }

            int count = Select(rows[some], weights, linear[some], isBelowZero: false);
            Add<TFloats, Plus>(_rows.AsSpan(0, count), _linear, a, b, upcoming);
            count = Select(rows[some], weights, linear[some], isBelowZero: true);
            Add<TFloats, Minus>(_rows.AsSpan(0, count), _linear, a, b, upcoming: []);
        }
    }

    /// <summary>Adds or takes away rows by the scales at hand.</summary>
    private void Add<TFloats, TSign>(ReadOnlySpan<int> rows, ReadOnlySpan<float> linear, Span<float> a, Span<float> b, ReadOnlySpan<int> upcoming)
        where TFloats : struct, IFloats<TFloats>
        where TSign : struct, ISign
    {
        int stride = _table.Stride, width = TFloats.Count, component = 0;
        for (; component <= stride - (4 * width); component += 4 * width)
        {
            PackFour<TFloats>(rows, linear, component, ref b[component]);
        }

        for (; component < stride; component += width)
        {
            PackOne<TFloats>(rows, linear, component, ref b[component]);
        }

        OuterProducts.AddToUpper<TFloats, TSign>(
            ref MemoryMarshal.GetReference(a), stride, 0, _table.Factors, ref MemoryMarshal.GetReference(_panel.Data), width, rows.Length * width, rows.Length, new RowsAhead(_table, upcoming, OuterProducts.Tiles<TFloats>(stride)));
    }

    /// <summary>Sets the rows whose weight has one sign apart, with their scales. How many they are.</summary>
    private int Select(ReadOnlySpan<int> rows, ReadOnlySpan<float> quadratic, ReadOnlySpan<float> linear, bool isBelowZero)
    {
        int count = 0;
        for (int j = 0; j < rows.Length; j++)
        {
            if (quadratic[j] < 0 == isBelowZero)
            {
                _rows[count] = rows[j];
                _scales[count] = MathF.Sqrt(Math.Abs(quadratic[j]));
                _linear[count] = linear[j];
                count++;
            }
        }

        return count;
    }

    /// <summary>Four vectors of components, of which the sums for b stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackFour<TFloats>(ReadOnlySpan<int> rows, ReadOnlySpan<float> linear, int component, ref float b)
        where TFloats : struct, IFloats<TFloats>
    {
        nuint width = (nuint)TFloats.Count, count = (nuint)rows.Length, group = count * width, stride = (nuint)_table.Stride;
        ref float table = ref Unsafe.Add(ref MemoryMarshal.GetReference(_table.Data), component);
        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(_panel.Data), component * rows.Length);
        ref int row = ref MemoryMarshal.GetReference(rows);
        ref float scale = ref MemoryMarshal.GetArrayDataReference(_scales), weight = ref MemoryMarshal.GetReference(linear);
        TFloats b0 = TFloats.Load(ref b, 0), b1 = TFloats.Load(ref b, width), b2 = TFloats.Load(ref b, 2 * width), b3 = TFloats.Load(ref b, 3 * width);
        for (nuint j = 0; j < count; j++)
        {
            ref float source = ref Unsafe.Add(ref table, (nuint)Unsafe.Add(ref row, j) * stride);
            TFloats r0 = TFloats.Load(ref source, 0), r1 = TFloats.Load(ref source, width), r2 = TFloats.Load(ref source, 2 * width), r3 = TFloats.Load(ref source, 3 * width);
            var l = TFloats.Broadcast(Unsafe.Add(ref weight, j));
            b0 = TFloats.MultiplyAdd(l, r0, b0);
            b1 = TFloats.MultiplyAdd(l, r1, b1);
            b2 = TFloats.MultiplyAdd(l, r2, b2);
            b3 = TFloats.MultiplyAdd(l, r3, b3);
            var s = TFloats.Broadcast(Unsafe.Add(ref scale, j));
            TFloats.Store(TFloats.Multiply(s, r0), ref target, 0);
            TFloats.Store(TFloats.Multiply(s, r1), ref target, group);
            TFloats.Store(TFloats.Multiply(s, r2), ref target, 2 * group);
            TFloats.Store(TFloats.Multiply(s, r3), ref target, 3 * group);
            target = ref Unsafe.Add(ref target, width);
        }

        TFloats.Store(b0, ref b, 0);
        TFloats.Store(b1, ref b, width);
        TFloats.Store(b2, ref b, 2 * width);
        TFloats.Store(b3, ref b, 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackOne<TFloats>(ReadOnlySpan<int> rows, ReadOnlySpan<float> linear, int component, ref float b)
        where TFloats : struct, IFloats<TFloats>
    {
        nuint width = (nuint)TFloats.Count, stride = (nuint)_table.Stride;
        ref float table = ref Unsafe.Add(ref MemoryMarshal.GetReference(_table.Data), component);
        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(_panel.Data), component * rows.Length);
        var sum = TFloats.Load(ref b, 0);
        for (int j = 0; j < rows.Length; j++)
        {
            var r = TFloats.Load(ref Unsafe.Add(ref table, (nuint)rows[j] * stride), 0);
            sum = TFloats.MultiplyAdd(TFloats.Broadcast(linear[j]), r, sum);
            TFloats.Store(TFloats.Multiply(TFloats.Broadcast(_scales[j]), r), ref target, 0);
            target = ref Unsafe.Add(ref target, width);
        }

        TFloats.Store(sum, ref b, 0);
    }
}
