using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>Copies the fixed rows that one row observed side by side, with their weights, so that a solver reads them from cache.</summary>
/// <remarks>
/// A row with many observations comes in blocks. Every sum over observations runs in the order of the columns whatever the
/// block size, so the size changes the speed and no bit.
/// </remarks>
internal sealed class ObservedRows
{
    /// <summary>Half of a second-level cache: for a solver that passes over a block once.</summary>
    public const int OnePassBytes = 256 * 1024;

    private const int FirstRows = 256;

    private readonly FactorMatrix _fixedSide;
    private readonly ImplicitObjective _objective;
    private FactorMatrix _rows;
    private float[] _quadratic;
    private float[] _linear;

    /// <param name="fixedSide">The rows to copy from.</param>
    /// <param name="objective">What an observation weighs.</param>
    /// <param name="blockBytes">Most bytes of a block. The copy grows with the rows that are asked for and stays.</param>
    public ObservedRows(FactorMatrix fixedSide, ImplicitObjective objective, int blockBytes)
    {
        _fixedSide = fixedSide;
        _objective = objective;
        BlockRows = Math.Max(4, blockBytes / sizeof(float) / fixedSide.Stride);
        (_rows, _quadratic, _linear) = Room(Math.Min(FirstRows, BlockRows));
    }

    /// <summary>Most rows in a block.</summary>
    public int BlockRows { get; }

    /// <summary>The block that begins at an observation. It is overwritten by the next call.</summary>
    public ObservedBlock Gather(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int start)
    {
        int count = Math.Min(BlockRows, columns.Length - start);
        if (count > _quadratic.Length)
        {
            (_rows, _quadratic, _linear) = Room(Math.Min(BlockRows, Math.Max(count, 2 * _quadratic.Length)));
        }

        FactorRows.Gather(_fixedSide, columns.Slice(start, count), _rows.Data);
        _objective.Weigh(values.Slice(start, count), _quadratic, _linear);
        return new ObservedBlock(_rows.Data[..(count * _rows.Stride)], _quadratic.AsSpan(0, count), _linear.AsSpan(0, count));
    }

    private (FactorMatrix Rows, float[] Quadratic, float[] Linear) Room(int rows) => (FactorMatrix.Create(rows, _fixedSide.Factors), new float[rows], new float[rows]);
}
