namespace PromoRec.Numerics;

/// <summary>A convex function with a gradient and a Hessian, which may be a generalised one.</summary>
/// <remarks>The caller asks for the value at a point before it asks for anything else there.</remarks>
internal interface ISmoothObjective
{
    /// <summary>Number of coordinates.</summary>
    int Length { get; }

    /// <summary>The value at a point, which becomes the point that <see cref="Gradient"/> means.</summary>
    double Value(ReadOnlySpan<double> point);

    /// <summary>The gradient at the point of the last <see cref="Value"/>, which becomes the point that the Hessian means.</summary>
    void Gradient(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>The Hessian at the point of the last <see cref="Gradient"/>, times a direction.</summary>
    void HessianProduct(ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>The diagonal of that Hessian.</summary>
    void HessianDiagonal(Span<double> diagonal);
}
