namespace PromoRec.Numerics;

/// <summary>Rows made ready for finding those with the largest inner products without scoring all of them. Immutable.</summary>
/// <remarks>
/// <para>
/// Rows stand in the order of their lengths, longest first: x·y ≤ |x|·|y|, so a search ends where that cannot reach the best any more. Every
/// component is also kept as a code of one byte, y ≈ s·r with one scale s for a block of rows, which says for a quarter of the bytes and
/// a quarter of the arithmetic which rows are worth exact scoring. See <see cref="InnerProductSearch"/>.
/// </para>
/// <para>Memory: a byte a component and eight a row, beside the rows themselves. Cost of making it: O(rows · (factors + log rows)).</para>
/// </remarks>
internal sealed class InnerProductIndex
{
    /// <summary>Length up to which the codes that are added up together are scaled, so that those of queries may be twice as long and have a bit more.</summary>
    private const double LargestPart = 128;

    private readonly int[] _rowAt;
    private readonly byte[] _panels;
    private readonly RowBlock[] _blocks;

    private InnerProductIndex(FactorMatrix rows)
    {
        Rows = rows;
        var lengths = new double[rows.Rows];
        _rowAt = Order(rows, lengths);
        _blocks = new RowBlock[(rows.Rows + CodeScores.BlockRows - 1) / CodeScores.BlockRows];
        _panels = GC.AllocateArray<byte>(_blocks.Length * BlockBytes, pinned: true);
        double largestPart = 0;
        var codes = new sbyte[rows.Stride];
        for (int block = 0; block < _blocks.Length; block++)
        {
            _blocks[block] = Encode(block, lengths, codes, ref largestPart);
        }

        LargestPartOfCodes = largestPart;
    }

    /// <summary>The rows themselves.</summary>
    public FactorMatrix Rows { get; }

    /// <summary>The length of the longest row; not a number, or infinite, where that of a row is.</summary>
    public double LargestLength => _blocks.Length == 0 ? 0 : _blocks[0].Length;

    /// <summary>The largest length of the codes of a row that are added up together.</summary>
    public double LargestPartOfCodes { get; }

    /// <summary>What is known of the rows of each block, the longest first.</summary>
    public ReadOnlySpan<RowBlock> Blocks => _blocks;

    /// <summary>The row at each place of the order.</summary>
    public ReadOnlySpan<int> RowAt => _rowAt;

    private int BlockBytes => CodeScores.BlockBytes(Rows.Stride);

    public static InnerProductIndex Of(FactorMatrix rows) => new(rows);

    /// <summary>The codes of a block, as <see cref="CodeScores"/> reads them. Places after the last row have codes of 0.</summary>
    public ReadOnlySpan<byte> PanelsOf(int block) => _panels.AsSpan(block * BlockBytes, BlockBytes);

    private static int[] Order(FactorMatrix rows, double[] lengths)
    {
        // Sorted by the length from the longest, and among equals by the row.
        var order = new int[rows.Rows];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
            lengths[row] = -LengthOf(rows.Row(row));
        }

        Array.Sort(lengths, order);
        int start = 0;
        for (int place = 0; place < order.Length; place++)
        {
            lengths[place] = -lengths[place];
            if (place + 1 == order.Length || -lengths[place + 1] != lengths[place])
            {
                order.AsSpan(start, place + 1 - start).Sort();
                start = place + 1;
            }
        }

        return order;
    }

    /// <summary>The length, or a little more. What is no number counts as infinite, so that a look at the first block tells whether there is any.</summary>
    private static double LengthOf(ReadOnlySpan<float> row)
    {
        const double Slack = 1 + 1e-9;
        double length = Math.Sqrt(Magnitude.SquareOf(row)) * Slack;
        return double.IsNaN(length) ? double.PositiveInfinity : length;
    }

    private RowBlock Encode(int block, ReadOnlySpan<double> lengths, Span<sbyte> codes, ref double largestPart)
    {
        int first = block * CodeScores.BlockRows;
        ReadOnlySpan<int> rows = _rowAt.AsSpan(first, Math.Min(CodeScores.BlockRows, _rowAt.Length - first));
        double scale = ScaleOf(rows);
        Span<byte> panels = _panels.AsSpan(block * BlockBytes, BlockBytes);
        double largestResidual = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            (double residual, _, double part) = VectorCodes.Encode(Rows.Row(rows[i]), scale, CodeScores.LargestRowCode, codes);
            largestResidual = Math.Max(largestResidual, residual);
            largestPart = Math.Max(largestPart, part);
            CodeScores.SetRow(panels, i, codes);
        }

        return new RowBlock(scale, largestResidual, lengths[first]);
    }

    /// <summary>The smallest scale with which no code and no part of a row becomes too large.</summary>
    private double ScaleOf(ReadOnlySpan<int> rows)
    {
        double scale = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<float> components = Rows.Row(row);
            scale = Math.Max(scale, Math.Max(Magnitude.Largest(components) / CodeScores.LargestRowCode, VectorCodes.LargestPart(components) / LargestPart));
        }

        // Rows of zeros have codes of 0 with any scale, and with rows that are no numbers nobody looks at codes.
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }
}
