using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromoRec.Numerics;

/// <summary>Sparse rows that many passes go through: columns in as few bytes as hold them, and values only for rows in which one differs from 1.</summary>
/// <remarks>
/// <para>
/// Flags and hashed categories are most of what linear models see, so that most rows are a list of columns: 2 or 4 bytes a value instead of 8. Passes
/// over them are bound by how fast the weights of the columns can be looked up.
/// </para>
/// <para>
/// A row's products are added in four sums, the i-th in sum i mod 4, that meet as (0 + 2) + (1 + 3): one sum alone would wait for its own last
/// addition. That is plain code with the same bits everywhere; lookups gain nothing from vectors.
/// </para>
/// </remarks>
/// <typeparam name="TColumn"><see cref="ushort"/> or <see cref="int"/>.</typeparam>
internal sealed class CompactRows<TColumn>
    where TColumn : unmanaged
{
    private readonly int[] _starts;
    private readonly TColumn[] _columns;
    private readonly int[] _valueStarts;
    private readonly float[] _values;

    /// <param name="columnCount">Number of columns; every column is below it.</param>
    /// <param name="starts">Where each row starts in the columns, and the end.</param>
    /// <param name="columns">The columns of each row.</param>
    /// <param name="valueStarts">Where each row starts in the values, or -1 for one whose values all are 1.</param>
    /// <param name="values">The values of the other rows.</param>
    public CompactRows(int columnCount, int[] starts, TColumn[] columns, int[] valueStarts, float[] values)
    {
        ColumnCount = columnCount;
        _starts = starts;
        _columns = columns;
        _valueStarts = valueStarts;
        _values = values;
    }

    public int ColumnCount { get; }

    /// <summary>Stored values of one row.</summary>
    public int LengthOf(int row) => _starts[row + 1] - _starts[row];

    /// <summary>Whether a value of the row differs from 1.</summary>
    public bool HasValues(int row) => _valueStarts[row] >= 0;

    /// <summary>The column at a place of a row.</summary>
    public int ColumnAt(int row, int place) => (int)At(ref MemoryMarshal.GetArrayDataReference(_columns), _starts[row] + place);

    /// <summary>The value at a place of a row.</summary>
    public float ValueAt(int row, int place) => _valueStarts[row] < 0 ? 1 : _values[_valueStarts[row] + place];

    /// <summary>Σ value · x[column] of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="x">A number for every column.</param>
    public double Dot(int row, ReadOnlySpan<double> x)
    {
        Throw.IfTooShort(x.Length, ColumnCount, nameof(x));
        return Dot(row, ref MemoryMarshal.GetReference(x));
    }

    /// <summary>result[row] += Σ value · x[column] for the rows from first up to, not including, end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProducts(int first, int end, ReadOnlySpan<double> x, Span<double> result)
    {
        Throw.IfTooShort(x.Length, ColumnCount, nameof(x));
        ref double weights = ref MemoryMarshal.GetReference(x);
        for (int row = first; row < end; row++)
        {
            result[row] += Dot(row, ref weights);
        }
    }

    /// <summary>sums[column] += u[row] · value for the rows from first up to, not including, end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTransposedProducts(int first, int end, ReadOnlySpan<double> u, Span<double> sums)
    {
        Throw.IfTooShort(sums.Length, ColumnCount, nameof(sums));
        ref double target = ref MemoryMarshal.GetReference(sums);
        for (int row = first; row < end; row++)
        {
            AddScaled(u[row], row, ref target);
        }
    }

    /// <summary>
    /// squares[column] += u[row] · (value - center[column])² and totals[column] += u[row] for the rows from first up to, not including, end, that have values; for
    /// the others, flags[column] += u[row] stands for both, because their values all are 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddCenteredSquares(int first, int end, ReadOnlySpan<double> u, ReadOnlySpan<double> centers, Span<double> squares, Span<double> totals, Span<double> flags)
    {
        Throw.IfTooShort(flags.Length, ColumnCount, nameof(flags));
        ref double target = ref MemoryMarshal.GetReference(flags);
        for (int row = first; row < end; row++)
        {
            if (!HasValues(row))
            {
                AddScaled(u[row], row, ref target);
                continue;
            }

            for (int place = 0, count = LengthOf(row); place < count; place++)
            {
                int column = ColumnAt(row, place);
                double distance = ValueAt(row, place) - centers[column];
                squares[column] += u[row] * (distance * distance);
                totals[column] += u[row];
            }
        }
    }

    /// <summary>Σ x[column] · (value - center)² and Σ x[column] over the stored values of one row.</summary>
    public (double Squares, double Total) CenteredSquares(int row, ReadOnlySpan<double> x, double center)
    {
        if (!HasValues(row))
        {
            double sum = Dot(row, x);
            return (sum * ((1 - center) * (1 - center)), sum);
        }

        double squares = 0;
        double total = 0;
        for (int place = 0, count = LengthOf(row); place < count; place++)
        {
            double weight = x[ColumnAt(row, place)];
            double distance = ValueAt(row, place) - center;
            squares += weight * (distance * distance);
            total += weight;
        }

        return (squares, total);
    }

    /// <summary>sums[column] += a · value for one row.</summary>
    public void AddScaled(double a, int row, Span<double> sums)
    {
        Throw.IfTooShort(sums.Length, ColumnCount, nameof(sums));
        AddScaled(a, row, ref MemoryMarshal.GetReference(sums));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Dot(int row, ref double x)
    {
        int start = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), row);
        int count = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), row + 1) - start;
        int valueStart = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_valueStarts), row);
        ref TColumn columns = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_columns), start);
        if (valueStart >= 0)
        {
            return Dot(ref columns, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), valueStart), count, ref x);
        }

        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            a += Unsafe.Add(ref x, At(ref columns, i));
            b += Unsafe.Add(ref x, At(ref columns, i + 1));
            c += Unsafe.Add(ref x, At(ref columns, i + 2));
            d += Unsafe.Add(ref x, At(ref columns, i + 3));
        }

        // Up to three are left.
        if (i < count)
        {
            a += Unsafe.Add(ref x, At(ref columns, i));
            b += i + 1 < count ? Unsafe.Add(ref x, At(ref columns, i + 1)) : 0;
            c += i + 2 < count ? Unsafe.Add(ref x, At(ref columns, i + 2)) : 0;
        }

        return a + c + (b + d);
    }

    private static double Dot(ref TColumn columns, ref float values, int count, ref double x)
    {
        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            a += Unsafe.Add(ref x, At(ref columns, i)) * Unsafe.Add(ref values, i);
            b += Unsafe.Add(ref x, At(ref columns, i + 1)) * Unsafe.Add(ref values, i + 1);
            c += Unsafe.Add(ref x, At(ref columns, i + 2)) * Unsafe.Add(ref values, i + 2);
            d += Unsafe.Add(ref x, At(ref columns, i + 3)) * Unsafe.Add(ref values, i + 3);
        }

        if (i < count)
        {
            a += Unsafe.Add(ref x, At(ref columns, i)) * Unsafe.Add(ref values, i);
            b += i + 1 < count ? Unsafe.Add(ref x, At(ref columns, i + 1)) * Unsafe.Add(ref values, i + 1) : 0;
            c += i + 2 < count ? Unsafe.Add(ref x, At(ref columns, i + 2)) * Unsafe.Add(ref values, i + 2) : 0;
        }

        return a + c + (b + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaled(double a, int row, ref double sums)
    {
        int start = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), row);
        int count = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), row + 1) - start;
        int valueStart = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_valueStarts), row);
        ref TColumn columns = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_columns), start);
        if (valueStart < 0)
        {
            int i = 0;
            for (; i <= count - 4; i += 4)
            {
                Unsafe.Add(ref sums, At(ref columns, i)) += a;
                Unsafe.Add(ref sums, At(ref columns, i + 1)) += a;
                Unsafe.Add(ref sums, At(ref columns, i + 2)) += a;
                Unsafe.Add(ref sums, At(ref columns, i + 3)) += a;
            }

            for (; i < count; i++)
            {
                Unsafe.Add(ref sums, At(ref columns, i)) += a;
            }
        }
        else
        {
            ref float values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), valueStart);
            for (int i = 0; i < count; i++)
            {
                Unsafe.Add(ref sums, At(ref columns, i)) += a * Unsafe.Add(ref values, i);
            }
        }
    }

    /// <summary>The i-th column; the branch is decided when the code is compiled for the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint At(ref TColumn columns, int i) => typeof(TColumn) == typeof(ushort)
        ? Unsafe.As<TColumn, ushort>(ref Unsafe.Add(ref columns, i))
        : Unsafe.As<TColumn, int>(ref Unsafe.Add(ref columns, i));
}
