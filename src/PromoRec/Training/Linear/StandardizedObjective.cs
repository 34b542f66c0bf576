using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>An objective in <see cref="StandardCoordinates"/>, and with a pull towards a point where one is wanted.</summary>
internal sealed class StandardizedObjective<TLoss> : ISmoothObjective
    where TLoss : struct, ILossFunction
{
    private readonly StandardCoordinates _coordinates;
    private readonly LossObjective<TLoss> _inner;
    private readonly double _pull;
    private readonly double[] _anchor;
    private readonly double[] _raw;
    private readonly double[] _rawSlopes;

    /// <param name="coordinates">The coordinates.</param>
    /// <param name="inner">The objective in raw coordinates.</param>
    /// <param name="pull">Half of it times the squared distance from the anchor is added to the objective.</param>
    /// <param name="anchor">The point to which it pulls; the zero point unless given.</param>
    public StandardizedObjective(StandardCoordinates coordinates, LossObjective<TLoss> inner, double pull = 0, double[]? anchor = null)
    {
        _coordinates = coordinates;
        _inner = inner;
        _pull = pull;
        _anchor = anchor ?? new double[inner.Length];
        _raw = new double[inner.Length];
        _rawSlopes = new double[inner.Length];
    }

    public int Length => _inner.Length;

    public double Value(ReadOnlySpan<double> point)
    {
        _coordinates.ToRaw(point, _raw);
        double value = _inner.Value(_raw);
        double distance = 0;
        for (int i = 0; _pull > 0 && i < point.Length; i++)
        {
            distance += (point[i] - _anchor[i]) * (point[i] - _anchor[i]);
        }

        return value + (0.5 * _pull * distance);
    }

    public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        GradientWithoutPull(point, gradient);
        for (int i = 0; _pull > 0 && i < gradient.Length; i++)
        {
            gradient[i] += _pull * (point[i] - _anchor[i]);
        }
    }

    /// <summary>The gradient of the objective itself at the point of the last <see cref="Value"/>.</summary>
    public void GradientWithoutPull(ReadOnlySpan<double> point, Span<double> gradient)
    {
        _coordinates.ToRaw(point, _raw);
        _inner.Gradient(_raw, _rawSlopes);
        _coordinates.SlopesFromRaw(_rawSlopes, gradient);
    }

    public void HessianProduct(ReadOnlySpan<double> direction, Span<double> product)
    {
        _coordinates.ToRaw(direction, _raw);
        _inner.HessianProduct(_raw, _rawSlopes);
        _coordinates.SlopesFromRaw(_rawSlopes, product);
        for (int i = 0; _pull > 0 && i < product.Length; i++)
        {
            product[i] += _pull * direction[i];
        }
    }

    public void HessianDiagonal(Span<double> diagonal)
    {
        _inner.HessianDiagonal(_coordinates.Centers, diagonal);
        _coordinates.ScaleCurvatures(diagonal);
        for (int i = 0; _pull > 0 && i < diagonal.Length; i++)
        {
            diagonal[i] += _pull;
        }
    }
}
