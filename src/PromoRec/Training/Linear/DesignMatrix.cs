using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Examples × columns, laid out for solvers that multiply by it and by its transpose again and again, on several threads.</summary>
/// <remarks>
/// <para>
/// Columns come by falling number of values. The first ones, at most 2¹⁶, are the hot columns: few, but most of what is stored, so that two bytes hold
/// one and most of their weights are found in the first caches. They are kept by row alone: the transposed product adds u[row] · value to a sum for each hot column, in blocks of rows with sums
/// of their own that are added up in order at the end. The cold columns, of which there may be millions, are kept by row for products and by column
/// for transposed products, whose sums go over a column's rows in their order.
/// </para>
/// <para>
/// So the bits do not depend on the number of threads; a transposed product costs memory for the hot columns only, some megabytes; and what has to be transposed is the small part.
/// </para>
/// <para>
/// Before the first column stand eight that are none, which fill the hot part of every row to a multiple of eight: loops of the same length row after row
/// cost no mispredicted branch, which is a third of the time. Their weights are 0, and nobody looks at their sums.
/// </para>
/// </remarks>
internal sealed class DesignMatrix
{
    /// <summary>Places before the first column in the rows, and in vectors over the columns that are called padded.</summary>
    public const int Padding = 8;

    /// <summary>Most hot columns: as many as two bytes tell apart.</summary>
    public const int MaxHotColumns = (1 << 16) - Padding;

    // A block must be long enough that clearing and adding up its sums is nothing beside it.
    private const int MaxBlocks = 64;
    private const int LeastBlockRows = 2048;
    private const int LeastValuesOfSum = 32;

    // Below this many values, threads cost more than they save.
    private const int ValuesWorthThreads = 50_000;
    // Sums of a hot column that one pass makes at most.
    private const int Kinds = 3;
    private const int ColumnsOfBatch = 2048;
    private const int ValuesOfBatch = 16_384;

    private readonly CompactRows<ushort> _hot;
    private readonly CompactRows<int> _cold;
    private readonly CompactRows<int> _coldByColumn;
    private readonly int[] _counts;
    private readonly int _hotColumns;
    private readonly int _blockRows;
    private readonly double[] _blockTotals;
    private readonly double[] _blockSums;
    private readonly double[] _padded;
    private readonly int[] _batches;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;

    /// <param name="rows">Number of rows.</param>
    /// <param name="counts">Number of values of each column, falling.</param>
    /// <param name="hot">Rows × hot columns, padded.</param>
    /// <param name="cold">Rows × columns, padded: those of the columns that are not hot.</param>
    /// <param name="coldByColumn">Cold columns × rows, from the first column that is not hot.</param>
    /// <param name="threads">Threads to use; the results do not depend on it.</param>
    /// <param name="cancellationToken">Stops a product between two blocks.</param>
    public DesignMatrix(int rows, int[] counts, CompactRows<ushort> hot, CompactRows<int> cold, CompactRows<int> coldByColumn, int threads, CancellationToken cancellationToken)
    {
        Rows = rows;
        _counts = counts;
        _hot = hot;
        _cold = cold;
        _coldByColumn = coldByColumn;
        _hotColumns = hot.ColumnCount - Padding;
        _padded = new double[Padding + counts.Length];
        long values = 0;
        long hotValues = 0;
        for (int column = 0; column < counts.Length; column++)
        {
            values += counts[column];
            hotValues += column < _hotColumns ? counts[column] : 0;
        }

        long blocks = Math.Min(MaxBlocks, Math.Min(rows / LeastBlockRows, hotValues / (LeastValuesOfSum * Math.Max(1, _hotColumns))));
        _blockRows = (int)((rows + Math.Max(1, blocks) - 1) / Math.Max(1, blocks));
        Blocks = (rows + _blockRows - 1) / Math.Max(1, _blockRows);
        _blockTotals = new double[Blocks];
        _blockSums = new double[Kinds * Blocks * hot.ColumnCount];
        _batches = BatchesOf(counts, _hotColumns);
        _threads = values < ValuesWorthThreads ? 1 : threads;
        _cancellationToken = cancellationToken;
    }

    public int Rows { get; }

    public int Columns => _counts.Length;

    /// <summary>Parts of the rows that threads take one by one.</summary>
    public int Blocks { get; }

    /// <summary>Σ value · x[column] for one row and a padded vector, which holds 0 before the first column.</summary>
    public double Dot(int row, ReadOnlySpan<double> x) => _hot.Dot(row, x) + _cold.Dot(row, x);

    /// <summary>sums[column] += a · value for one row and a padded vector, which holds 0 before the first column.</summary>
    public void AddScaled(double a, int row, Span<double> sums)
    {
        _hot.AddScaled(a, row, sums);
        _cold.AddScaled(a, row, sums);
        sums[..Padding].Clear();
    }

    /// <summary>Σ value² of one row.</summary>
    public double SquaredNorm(int row)
    {
        double sum = 0;
        ForEach(row, (_, value) => sum += (double)value * value);
        return sum;
    }

    /// <summary>Calls back for every value of a row, with its column.</summary>
    public void ForEach(int row, Action<int, float> value)
    {
        for (int place = 0; place < _hot.LengthOf(row); place++)
        {
            int column = _hot.ColumnAt(row, place) - Padding;
            if (column >= 0)
            {
                value(column, _hot.ValueAt(row, place));
            }
        }

        for (int place = 0; place < _cold.LengthOf(row); place++)
        {
            value(_cold.ColumnAt(row, place) - Padding, _cold.ValueAt(row, place));
        }
    }

    /// <summary>The same matrix by columns, a row of the result for each column.</summary>
    public CsrMatrix ByColumn()
    {
        var offsets = new long[Columns + 1];
        for (int column = 0; column < Columns; column++)
        {
            offsets[column + 1] = offsets[column] + _counts[column];
        }

        long[] next = offsets[..^1];
        var rows = new int[offsets[^1]];
        var values = new float[rows.Length];
        for (int row = 0; row < Rows; row++)
        {
            ForEach(row, (column, value) =>
            {
                rows[next[column]] = row;
                values[next[column]++] = value;
            });
        }

        return new CsrMatrix(Rows, offsets, rows, values);
    }

    /// <summary>Does something for each block of rows, and adds up what it returns in the order of the blocks.</summary>
    public double SumBlocks(Func<int, int, double> block)
    {
        Workers.Run(Blocks, _threads, () => at => _blockTotals[at] = block(at * _blockRows, Math.Min(Rows, (at + 1) * _blockRows)), _cancellationToken);
        double sum = 0;
        foreach (double total in _blockTotals)
        {
            sum += total;
        }

        return sum;
    }

    /// <summary>scores[row] = Σ value · x[column] + shift.</summary>
    /// <param name="x">A number for each column.</param>
    /// <param name="shift">Added to each product.</param>
    /// <param name="scores">Takes a number for each row.</param>
    /// <param name="block">Told of every block of rows whose scores are there; what it returns is added up.</param>
    public double Multiply(ReadOnlySpan<double> x, double shift, double[] scores, Func<int, int, double> block)
    {
        Load(x);
        return SumBlocks((first, end) =>
        {
            Multiply(first, end, shift, scores);
            return block(first, end);
        });
    }

    /// <summary>result[column] = Σ value · u[row].</summary>
    /// <returns>Σ u[row].</returns>
    public double MultiplyTransposed(double[] u, double[] result) => MultiplyTransposed(u, result, (_, _) => { });

    /// <summary>u = (X x + shift) ∘ d and result = Xᵀ u.</summary>
    /// <param name="x">A number for each column.</param>
    /// <param name="shift">Added to each product.</param>
    /// <param name="d">What each row counts.</param>
    /// <param name="u">Takes a number for each row.</param>
    /// <param name="result">Takes a number for each column.</param>
    /// <returns>Σ u[row].</returns>
    public double MultiplyBoth(ReadOnlySpan<double> x, double shift, double[] d, double[] u, double[] result)
    {
        Load(x);
        return MultiplyTransposed(u, result, (first, end) =>
        {
            Multiply(first, end, shift, u);
            Span<double> part = u.AsSpan(first, end - first);
            TensorPrimitives.Multiply(part, d.AsSpan(first, end - first), part);
        });
    }

    /// <summary>result[column] = Σ u[row] · (value - center[column])² over all rows, those that store nothing too.</summary>
    /// <returns>Σ u[row].</returns>
    public double MultiplyCenteredSquares(double[] u, double[] centers, double[] result)
    {
        Load(centers);
        double total = SumBlocks((first, end) =>
        {
            int block = first / _blockRows;
            Span<double> squares = SumsOf(block, 0);
            Span<double> stored = SumsOf(block, 1);
            Span<double> flags = SumsOf(block, 2);
            squares.Clear();
            stored.Clear();
            flags.Clear();
            _hot.AddCenteredSquares(first, end, u, _padded, squares, stored, flags);
            return SumOf(u, first, end);
        });
        OverColumns(
            (first, end) =>
            {
                for (int column = first; column < end; column++)
                {
                    double squares = 0;
                    double stored = 0;
                    double flags = 0;
                    for (int block = 0; block < Blocks; block++)
                    {
                        squares += SumsOf(block, 0)[Padding + column];
                        stored += SumsOf(block, 1)[Padding + column];
                        flags += SumsOf(block, 2)[Padding + column];
                    }

                    result[column] = WithRest(column, squares + (flags * ((1 - centers[column]) * (1 - centers[column]))), stored + flags);
                }
            },
            column =>
            {
                (double squares, double stored) = _coldByColumn.CenteredSquares(column - _hotColumns, u, centers[column]);
                result[column] = WithRest(column, squares, stored);
            });
        return total;

        // A full column leaves nothing, of which rounding would make something large where the center is large.
        double WithRest(int column, double squares, double stored) =>
            squares + (_counts[column] == Rows ? 0 : Math.Max(0, total - stored) * (centers[column] * centers[column]));
    }

    /// <summary>result = Xᵀ u, where a callback may make a part of u just before it is needed.</summary>
    private double MultiplyTransposed(double[] u, double[] result, Action<int, int> make)
    {
        double total = SumBlocks((first, end) =>
        {
            Span<double> sums = SumsOf(first / _blockRows, 0);
            sums.Clear();
            make(first, end);
            _hot.AddTransposedProducts(first, end, u, sums);
            return SumOf(u, first, end);
        });
        OverColumns(
            (first, end) =>
            {
                Span<double> target = result.AsSpan(first, end - first);
                target.Clear();
                for (int block = 0; block < Blocks; block++)
                {
                    TensorPrimitives.Add(target, SumsOf(block, 0)[(Padding + first)..(Padding + end)], target);
                }
            },
            column => result[column] = _coldByColumn.Dot(column - _hotColumns, u));
        return total;
    }

    private void Load(ReadOnlySpan<double> x) => x[..Columns].CopyTo(_padded.AsSpan(Padding));

    private void Multiply(int first, int end, double shift, double[] scores)
    {
        scores.AsSpan(first, end - first).Fill(shift);
        _hot.AddProducts(first, end, _padded, scores);
        _cold.AddProducts(first, end, _padded, scores);
    }

    private static double SumOf(double[] u, int first, int end)
    {
        double sum = 0;
        for (int row = first; row < end; row++)
        {
            sum += u[row];
        }

        return sum;
    }

    private Span<double> SumsOf(int block, int kind) => _blockSums.AsSpan(((block * Kinds) + kind) * (Padding + _hotColumns), Padding + _hotColumns);

    private void OverColumns(Action<int, int> hot, Action<int> cold) => Workers.Run(
        _batches.Length - 1,
        _threads,
        () => at =>
        {
            int first = _batches[at];
            int end = _batches[at + 1];
            if (end <= _hotColumns)
            {
                hot(first, end);
                return;
            }

            for (int column = first; column < end; column++)
            {
                cold(column);
            }
        },
        _cancellationToken);

    /// <summary>Where each batch of columns starts, and the end; none has hot columns and others.</summary>
    private static int[] BatchesOf(int[] counts, int hotColumns)
    {
        List<int> starts = [0];
        for (int column = ColumnsOfBatch; column < hotColumns; column += ColumnsOfBatch)
        {
            starts.Add(column);
        }

        if (hotColumns > 0 && hotColumns < counts.Length)
        {
            starts.Add(hotColumns);
        }

        long work = 0;
        for (int column = hotColumns; column < counts.Length; column++)
        {
            work += counts[column] + 1;
            if (work >= ValuesOfBatch && column + 1 < counts.Length)
            {
                starts.Add(column + 1);
                work = 0;
            }
        }

        if (counts.Length > 0)
        {
            starts.Add(counts.Length);
        }

        return [.. starts];
    }
}
