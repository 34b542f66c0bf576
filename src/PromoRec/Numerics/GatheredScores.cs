namespace PromoRec.Numerics;

/// <summary>Scores rows that lie anywhere in a matrix. They are copied first, so that the waiting for one does not hold up the others. One thread at a time.</summary>
internal sealed class GatheredScores
{
    private const int Capacity = 32;

    private readonly float[] _scores = new float[Capacity];
    private FactorMatrix? _copies;

    /// <summary>Most rows at once.</summary>
    public static int MaxRows => Capacity;

    /// <summary>The inner products of a query with some rows: the same bits as those of <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>. They stay until the next call.</summary>
    public ReadOnlySpan<float> Of(FactorMatrix matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> query)
    {
        if (_copies is null || _copies.Stride != matrix.Stride)
        {
            _copies = FactorMatrix.Create(Capacity, matrix.Stride);
        }

        FactorRows.Gather(matrix, rows, _copies.Data);
        Span<float> scores = _scores.AsSpan(0, rows.Length);
        BlockScores.OneToMany(query, _copies, 0, scores);
        return scores;
    }
}
