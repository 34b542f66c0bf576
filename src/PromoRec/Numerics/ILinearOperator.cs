namespace PromoRec.Numerics;

/// <summary>Symmetric positive definite matrices A₀, A₁, … that are known by what each does to a vector.</summary>
/// <remarks>
/// What they have in common is applied to all vectors at once, so that it is read once; the bits that a vector gets must not depend on
/// which others stand beside it. Vectors are padded rows; the padding of p is zero, and that of an image must be.
/// </remarks>
internal interface ILinearOperator
{
    /// <summary>For every system i, image i = C pᵢ, where C is the part that all matrices have in common; zeros where there is none.</summary>
    /// <param name="p">The vectors, one for each system.</param>
    /// <param name="images">As many rows, overwritten.</param>
    void ApplyCommon(ReadOnlySpan<float> p, Span<float> images);

    /// <summary>Adds the rest, image = Aᵢ p, where the image holds C p.</summary>
    void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image);

    /// <summary>p·Aᵢp, where the image holds C p and need not be completed.</summary>
    float Curvature(int system, ReadOnlySpan<float> p, Span<float> image);
}
