namespace PromoRec.Numerics;

/// <summary>A symmetric positive definite matrix that is known by what it does to a vector.</summary>
internal interface ILinearOperator
{
    /// <summary>result = A p. Both are padded rows; the padding of p is zero, and that of the result must be.</summary>
    void Apply(ReadOnlySpan<float> p, Span<float> result);
}
