using System.Numerics;

namespace PromoRec.Numerics;

/// <summary>Finds the rows with the largest inner products: the same rows and scores as scoring all of them. One thread at a time; allocates nothing once it has grown to its work.</summary>
/// <remarks>
/// Blocks of rows are passed in the order of their lengths by all queries together. Sums of codes, compared in registers, tell which rows may be among the
/// best of a query; of those the bounds are kept, and only what is left of them at the end is scored. A query leaves when |x|·|y| of the rows to come is below what it has.
/// </remarks>
internal sealed class InnerProductSearch
{
    /// <summary>Most queries at once: so many that their codes stay in the first-level cache beside a block.</summary>
    public const int MaxQueries = 16 * CodeScores.GroupQueries;

    /// <summary>Product of lengths below which no sum of float32 products leaves its range.</summary>
    private const double LargestProduct = 1e37;

    /// <summary>The number found of a query that is still under way.</summary>
    private const int Pending = -1;

    [ThreadStatic]
    private static InnerProductSearch? _ofThread;

    private readonly int[] _sums = new int[CodeScores.GroupQueries * CodeScores.BlockRows];
    private readonly ulong[] _above = new ulong[CodeScores.GroupQueries];
    private readonly float[] _scores = new float[256];
    private CodedQuery[] _coded = [];
    private PossibleRows[] _possible = [];
    private byte[] _codes = [];
    private int[] _active = [];
    private int[] _thresholds = [];

    /// <summary>Takes the thread's own away from it, until it is returned.</summary>
    public static InnerProductSearch Take()
    {
        InnerProductSearch search = _ofThread ?? new InnerProductSearch();
        _ofThread = null;
        return search;
    }

    public void Return() => _ofThread = this;

    /// <summary>Whether all scores of a query of that length are numbers, and finite.</summary>
    public static bool IsInRange(InnerProductIndex index, double length) => length * index.LargestLength <= LargestProduct;

    /// <summary>Finds the best rows of one query.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="query">The query, padded.</param>
    /// <param name="choice">Which rows may be found.</param>
    /// <param name="best">Takes as many as there is room for, first one first, each with its place among equals as <paramref name="choice"/> has it and its score.</param>
    /// <returns>How many were found.</returns>
    public int Find<TChoice>(InnerProductIndex index, ReadOnlySpan<float> query, TChoice choice, Span<ScoredRow> best)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        Span<int> found = stackalloc int[1];
        Find(index, query, [0], choice, best.Length, best, found);
        return found[0];
    }

    /// <summary>Finds the best rows of up to <see cref="MaxQueries"/> queries.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="queries">Vectors as long as the rows.</param>
    /// <param name="rows">The queries that are asked, as rows of <paramref name="queries"/>.</param>
    /// <param name="choice">Which rows may be found.</param>
    /// <param name="count">How many of each.</param>
    /// <param name="best">Takes queries × count rows, first one first, each with its place among equals as <paramref name="choice"/> has it and its score.</param>
    /// <param name="found">Takes how many were found for each query.</param>
    public void Find<TChoice>(InnerProductIndex index, FactorMatrix queries, ReadOnlySpan<int> rows, TChoice choice, int count, Span<ScoredRow> best, Span<int> found)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        if (queries.Stride != index.Rows.Stride)
        {
            Throw.StridesDiffer(queries.Stride, index.Rows.Stride);
        }

        Find(index, queries.Data, rows, choice, count, best, found);
    }

    private void Find<TChoice>(InnerProductIndex index, ReadOnlySpan<float> queries, ReadOnlySpan<int> rows, TChoice choice, int count, Span<ScoredRow> best, Span<int> found)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        int stride = index.Rows.Stride;
        Throw.IfTooShort(best.Length, (long)rows.Length * count, nameof(best));
        Grow(rows.Length, stride);
        int active = 0;
        for (int query = 0; query < rows.Length; query++)
        {
            ReadOnlySpan<float> vector = queries.Slice(rows[query] * stride, stride);
            double length = Math.Sqrt(Magnitude.SquareOf(vector));
            if (count > 0 && length > 0 && IsInRange(index, length) && count <= index.Rows.Rows / 4)
            {
                _coded[query] = CodedQuery.Encode(vector, length, index.LargestPartOfCodes, _codes.AsSpan(query * stride, stride));
                _possible[query].Clear(count);
                _active[active++] = query;
                found[query] = Pending;
            }
            else
            {
                // All rows are equal, or may have scores out of range, or so many are asked for that bounds save nothing.
                found[query] = ScoreAll(index.Rows, vector, query, choice, best.Slice(query * count, count));
            }
        }

        for (int block = 0; block < index.Blocks.Length && active > 0; block++)
        {
            active = Prepare(index.Blocks[block], active);
            if (active > 2)
            {
                PassTogether(index, block, active, queries, rows, choice);
            }
            else
            {
                PassAlone(index, block, active, queries, rows, choice);
            }
        }

        for (int query = 0; query < rows.Length; query++)
        {
            if (found[query] == Pending)
            {
                found[query] = _possible[query].Finish(index.Rows, queries.Slice(rows[query] * stride, stride), best.Slice(query * count, count));
            }
        }
    }

    /// <summary>Lets queries leave that have nothing to gain any more, and works out what sums of codes have to exceed for the others.</summary>
    private int Prepare(in RowBlock block, int active)
    {
        int left = 0;
        for (int i = 0; i < active; i++)
        {
            int query = _active[i];
            double least = _possible[query].Least;
            if (_coded[query].Most(block.Length) >= least)
            {
                _thresholds[left] = _coded[query].ThresholdFor(least, block);
                _active[left++] = query;
            }
        }

        return left;
    }

    private void PassTogether<TChoice>(InnerProductIndex index, int block, int active, ReadOnlySpan<float> queries, ReadOnlySpan<int> rows, TChoice choice)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        // Nothing exceeds the thresholds of those that fill up the last group.
        int padded = (active + CodeScores.GroupQueries - 1) / CodeScores.GroupQueries * CodeScores.GroupQueries;
        _active.AsSpan(active, padded - active).Fill(_active[0]);
        _thresholds.AsSpan(active, padded - active).Fill(int.MaxValue);
        int stride = index.Rows.Stride;
        ReadOnlySpan<byte> panels = index.PanelsOf(block);
        for (int group = 0; group < padded; group += CodeScores.GroupQueries)
        {
            if (!CodeScores.SixWithBlock(_codes, stride, _active.AsSpan(group, CodeScores.GroupQueries), panels, _thresholds.AsSpan(group, CodeScores.GroupQueries), _sums, _above))
            {
                continue;
            }

            for (int i = 0; i < CodeScores.GroupQueries; i++)
            {
                if (_above[i] != 0)
                {
                    int query = _active[group + i];
                    Take(index, block, _above[i], _sums.AsSpan(i * CodeScores.PanelRows), CodeScores.GroupQueries * CodeScores.PanelRows, query, queries.Slice(rows[query] * stride, stride), choice);
                }
            }
        }
    }

    private void PassAlone<TChoice>(InnerProductIndex index, int block, int active, ReadOnlySpan<float> queries, ReadOnlySpan<int> rows, TChoice choice)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        int stride = index.Rows.Stride;
        for (int i = 0; i < active; i++)
        {
            int query = _active[i];
            ulong above = CodeScores.OneWithBlock(_codes.AsSpan(query * stride, stride), index.PanelsOf(block), _thresholds[i], _sums);
            if (above != 0)
            {
                Take(index, block, above, _sums, CodeScores.PanelRows, query, queries.Slice(rows[query] * stride, stride), choice);
            }
        }
    }

    /// <summary>Keeps the rows whose bits are set, with the bounds that their sums give.</summary>
    private void Take<TChoice>(InnerProductIndex index, int block, ulong above, ReadOnlySpan<int> sums, int sumsOfPanel, int query, ReadOnlySpan<float> vector, TChoice choice)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        PossibleRows possible = _possible[query];
        ReadOnlySpan<int> rowAt = index.RowAt[(block * CodeScores.BlockRows)..];
        for (; above != 0; above &= above - 1)
        {
            int at = BitOperations.TrailingZeroCount(above);
            if (at >= rowAt.Length)
            {
                return;
            }

            int row = rowAt[at];
            int order = choice.OrderOf(query, row);
            if (order >= 0)
            {
                int sum = sums[(at / CodeScores.PanelRows * sumsOfPanel) + (at % CodeScores.PanelRows)];
                (double score, double error) = _coded[query].Estimate(sum, index.Blocks[block]);
                if (!possible.Add(row, order, score - error, score + error))
                {
                    possible.Narrow(index.Rows, vector);
                }
            }
        }
    }

    private int ScoreAll<TChoice>(FactorMatrix rows, ReadOnlySpan<float> vector, int query, TChoice choice, Span<ScoredRow> best)
        where TChoice : struct, IRowChoice, allows ref struct
    {
        var top = new TopK(best);
        for (int first = 0; first < rows.Rows; first += _scores.Length)
        {
            Span<float> scores = _scores.AsSpan(0, Math.Min(_scores.Length, rows.Rows - first));
            BlockScores.OneToMany(vector, rows, first, scores);
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] >= top.Threshold && choice.OrderOf(query, first + i) is int order and >= 0)
                {
                    top.Add(order, scores[i]);
                }
            }
        }

        return top.Finish();
    }

    private void Grow(int queries, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(queries, MaxQueries);
        if (_codes.Length < queries * stride)
        {
            _codes = new byte[queries * stride];
        }

        if (_coded.Length < queries)
        {
            int already = _possible.Length;
            _coded = new CodedQuery[queries];
            _active = new int[queries + CodeScores.GroupQueries];
            _thresholds = new int[queries + CodeScores.GroupQueries];
            Array.Resize(ref _possible, queries);
            for (int i = already; i < queries; i++)
            {
                _possible[i] = new PossibleRows();
            }
        }
    }
}
