namespace PromoRec.Models;

/// <summary>Some observed rows side by side.</summary>
internal readonly ref struct ObservedBlock(ReadOnlySpan<float> rows, ReadOnlySpan<float> quadratic, ReadOnlySpan<float> linear)
{
    private readonly int _stride = quadratic.IsEmpty ? 0 : rows.Length / quadratic.Length;

    /// <summary>The rows with their padding, one after the other.</summary>
    public ReadOnlySpan<float> Rows { get; } = rows;

    /// <summary>For each row its weight in the matrix.</summary>
    public ReadOnlySpan<float> Quadratic { get; } = quadratic;

    /// <summary>For each row its weight on the right-hand side.</summary>
    public ReadOnlySpan<float> Linear { get; } = linear;

    public int Count => Quadratic.Length;

    public ReadOnlySpan<float> Row(int row) => Rows.Slice(row * _stride, _stride);
}
