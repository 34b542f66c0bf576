namespace PromoRec.Numerics;

/// <summary>Copies of chosen rows.</summary>
internal static class FactorRows
{
    /// <summary>Copies the rows with these numbers, padding included, one after the other into <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than rows × stride.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the matrix.</exception>
    public static void Gather(FactorMatrix source, ReadOnlySpan<int> rows, Span<float> destination)
    {
        int stride = source.Stride;
        Throw.IfTooShort(destination.Length, (long)rows.Length * stride, nameof(destination));
        ReadOnlySpan<float> data = source.Data;
        for (int i = 0; i < rows.Length; i++)
        {
            Throw.IfNotRows(source, rows[i], 1);
            data.Slice(rows[i] * stride, stride).CopyTo(destination.Slice(i * stride, stride));
        }
    }
}
