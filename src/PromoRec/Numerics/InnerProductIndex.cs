using System.Runtime.InteropServices;

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
    /// <summary>Length up to which the codes of a half of a chunk are scaled, so that those of queries may be twice as long and have a bit more.</summary>
    private const double LargestHalf = 128;

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
        double largestHalf = 0;
        for (int block = 0; block < _blocks.Length; block++)
        {
            _blocks[block] = Encode(block, lengths, ref largestHalf);
        }

        LargestHalfOfCodes = Math.Sqrt(largestHalf);
    }

    /// <summary>The rows themselves.</summary>
    public FactorMatrix Rows { get; }

    /// <summary>The length of the longest row; not a number, or infinite, where that of a row is.</summary>
    public double LargestLength => _blocks.Length == 0 ? 0 : _blocks[0].Length;

    /// <summary>The largest length of the codes of a row that are added up together.</summary>
    public double LargestHalfOfCodes { get; }

    /// <summary>What is known of the rows of each block, the longest first.</summary>
    public ReadOnlySpan<RowBlock> Blocks => _blocks;

    /// <summary>The row at each place of the order.</summary>
    public ReadOnlySpan<int> RowAt => _rowAt;

    private int BlockBytes => CodeScores.BlockPanels * CodeScores.PanelBytes(Rows.Stride);

    public static InnerProductIndex Of(FactorMatrix rows) => new(rows);

    /// <summary>The codes of a block: four panels, as <see cref="CodeScores"/> reads them. Places after the last row have codes of 0.</summary>
    public ReadOnlySpan<byte> PanelsOf(int block) => _panels.AsSpan(block * BlockBytes, BlockBytes);

    private static int[] Order(FactorMatrix rows, double[] lengths)
    {
        var keys = new (double Length, int Row)[rows.Rows];
        for (int row = 0; row < keys.Length; row++)
        {
            double squares = 0;
            foreach (float component in rows.Row(row))
            {
                squares += (double)component * component;
            }

            // What is no number stands first, so that a look at the first block tells whether there is any.
            double length = Math.Sqrt(squares);
            keys[row] = (double.IsNaN(length) ? double.PositiveInfinity : length, row);
        }

        Array.Sort(keys, (left, right) => left.Length != right.Length ? right.Length.CompareTo(left.Length) : left.Row.CompareTo(right.Row));
        for (int place = 0; place < keys.Length; place++)
        {
            lengths[place] = keys[place].Length;
        }

        return Array.ConvertAll(keys, key => key.Row);
    }

    private RowBlock Encode(int block, ReadOnlySpan<double> lengths, ref double largestHalf)
    {
        int first = block * CodeScores.BlockRows;
        int count = Math.Min(CodeScores.BlockRows, _rowAt.Length - first);
        double scale = ScaleOf(_rowAt.AsSpan(first, count));
        Span<byte> panels = _panels.AsSpan(block * BlockBytes, BlockBytes);
        double residual = 0;
        for (int i = 0; i < count; i++)
        {
            int panelStart = i / CodeScores.PanelRows * CodeScores.PanelBytes(Rows.Stride);
            residual = Math.Max(residual, EncodeRow(Rows.Row(_rowAt[first + i]), scale, panels[panelStart..], i % CodeScores.PanelRows, ref largestHalf));
        }

        return new RowBlock(scale, residual, lengths[first]);
    }

    /// <summary>The smallest scale with which no code and no half of a row becomes too large.</summary>
    private double ScaleOf(ReadOnlySpan<int> rows)
    {
        double scale = 0;
        foreach (int row in rows)
        {
            ReadOnlySpan<float> components = Rows.Row(row);
            scale = Math.Max(scale, Math.Max(Magnitude.Largest(components) / CodeScores.LargestRowCode, CodeHalves.Largest(components) / LargestHalf));
        }

        // Rows of zeros have codes of 0 with any scale, and with rows that are no numbers nobody looks at codes.
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }

    /// <summary>Writes the codes of a row, and returns the length of what they leave out.</summary>
    private static double EncodeRow(ReadOnlySpan<float> components, double scale, Span<byte> panel, int rowInPanel, ref double largestHalf)
    {
        double left = 0;
        var halves = new CodeHalves();
        double inverse = 1 / scale;
        for (int i = 0; i < components.Length; i++)
        {
            int code = (int)Math.Clamp(Math.Round(components[i] * inverse), -CodeScores.LargestRowCode, CodeScores.LargestRowCode);
            double rest = components[i] - (scale * code);
            left += rest * rest;
            halves.Add(i, code);
            panel[CodeScores.PlaceOf(i) + (4 * rowInPanel)] = (byte)(sbyte)code;

            // Queries have their codes plus an offset: what that adds is taken off at the start.
            ref short start = ref MemoryMarshal.Cast<byte, short>(panel[CodeScores.StartOf(i)..])[(2 * rowInPanel) + CodeScores.HalfOf(i)];
            start = (short)(start - (CodeScores.Offset * code));
        }

        largestHalf = Math.Max(largestHalf, halves.LargestSquare);
        return Math.Sqrt(left);
    }
}
