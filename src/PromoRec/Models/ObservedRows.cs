using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>Copies the fixed rows that one row observed side by side, with their weights, so that a solver reads them from cache.</summary>
/// <remarks>
/// A row with many observations comes in blocks. Every sum over observations runs in the order of the columns whatever the
/// block size, so the size changes the speed and no bit.
/// </remarks>
internal sealed class ObservedRows
{
    // Half of a second-level cache: the solver passes over a block several times.
    private const int BlockBytes = 256 * 1024;

    private readonly FactorMatrix _fixedSide;
    private readonly ImplicitObjective _objective;
    private readonly FactorMatrix _rows;
    private readonly float[] _quadratic;
    private readonly float[] _linear;

    public ObservedRows(FactorMatrix fixedSide, ImplicitObjective objective)
    {
        _fixedSide = fixedSide;
        _objective = objective;
        BlockRows = Math.Max(4, BlockBytes / sizeof(float) / fixedSide.Stride);
        _rows = FactorMatrix.Create(BlockRows, fixedSide.Factors);
        _quadratic = new float[BlockRows];
        _linear = new float[BlockRows];
    }

    /// <summary>Most rows in a block.</summary>
    public int BlockRows { get; }

    /// <summary>The block that begins at an observation. It is overwritten by the next call.</summary>
    public ObservedBlock Gather(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int start)
    {
        int count = Math.Min(BlockRows, columns.Length - start);
        ReadOnlySpan<int> blockColumns = columns.Slice(start, count);
        ReadOnlySpan<float> blockValues = values.Slice(start, count);
        FactorRows.Gather(_fixedSide, blockColumns, _rows.Data);
        _objective.Weigh(blockValues, _quadratic, _linear);
        return new ObservedBlock(_rows.Data[..(count * _rows.Stride)], _quadratic.AsSpan(0, count), _linear.AsSpan(0, count));
    }
}
