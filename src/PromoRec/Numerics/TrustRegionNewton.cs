namespace PromoRec.Numerics;

/// <summary>Minimises a smooth convex function by Newton steps inside a trust region, each found by preconditioned conjugate gradient.</summary>
/// <remarks>
/// Sources: Lin, Weng and Keerthi, "Trust region Newton method for logistic regression", JMLR 9, 2008, algorithm 1 and its constants;
/// Steihaug, SIAM Journal on Numerical Analysis 20(3), 1983, for conjugate gradient inside the region; Hsia, Chiang and Lin, ACML 2018, for the
/// diagonal preconditioner, in whose norm the region is a ball.
/// </remarks>
internal sealed class TrustRegionNewton
{
    private const double AcceptRatio = 1e-4;
    private const double PoorRatio = 0.25;
    private const double GoodRatio = 0.75;
    private const double StrongShrink = 0.25;
    private const double Shrink = 0.5;
    private const double Grow = 4;
    private const double ForcingTerm = 0.1;

    // Below this share of the value, the differences of values are rounding.
    private const double RoundingShare = 1e-12;

    private readonly ISmoothObjective _objective;
    private readonly double[] _gradient;
    private readonly double[] _diagonal;
    private readonly double[] _step;
    private readonly double[] _residual;
    private readonly double[] _direction;
    private readonly double[] _product;
    private readonly double[] _trial;

    public TrustRegionNewton(ISmoothObjective objective)
    {
        _objective = objective;
        _gradient = new double[objective.Length];
        _diagonal = new double[objective.Length];
        _step = new double[objective.Length];
        _residual = new double[objective.Length];
        _direction = new double[objective.Length];
        _product = new double[objective.Length];
        _trial = new double[objective.Length];
    }

    /// <summary>Improves a point until the norm of the gradient is at most <paramref name="tolerance"/> times <paramref name="norm"/>.</summary>
    /// <param name="point">Start value and result.</param>
    /// <param name="norm">What the gradient's norm is compared with: that at zero; or 0 for that at the start.</param>
    /// <param name="tolerance">Relative norm that is good enough.</param>
    /// <param name="maxIterations">Most steps tried.</param>
    /// <param name="afterIteration">Told the iteration, from 1, and the value after it; may throw to end the work.</param>
    public NewtonResult Minimize(Span<double> point, double norm, double tolerance, int maxIterations, Action<int, double> afterIteration)
    {
        double value = _objective.Value(point);
        _objective.Gradient(point, _gradient);
        double gradientNorm = DoubleVectors.Norm(_gradient);
        double enough = tolerance * (norm > 0 ? norm : gradientNorm);
        double radius = -1;
        int iteration = 0;

        // Written so that a NaN ends it.
        while (iteration < maxIterations && gradientNorm > enough)
        {
            iteration++;
            Precondition();
            if (radius < 0)
            {
                radius = Math.Sqrt(InverseWeightedNorm(_gradient));
            }

            bool onBoundary = SolveInside(radius);
            for (int i = 0; i < point.Length; i++)
            {
                _trial[i] = point[i] + _step[i];
            }

            double linear = DoubleVectors.Dot(_gradient, _step);
            double predicted = -0.5 * (linear - DoubleVectors.Dot(_step, _residual));
            double trialValue = _objective.Value(_trial);
            double actual = value - trialValue;
            double length = Math.Sqrt(DoubleVectors.WeightedDot(_diagonal, _step, _step));
            radius = NextRadius(radius, iteration == 1 ? Math.Min(radius, length) : radius, length, linear, actual, predicted, onBoundary);

            bool rounding = Math.Abs(actual) <= RoundingShare * Math.Abs(value) && predicted <= RoundingShare * Math.Abs(value);
            if (actual > AcceptRatio * predicted)
            {
                _trial.CopyTo(point);
                value = trialValue;
                _objective.Gradient(point, _gradient);
                gradientNorm = DoubleVectors.Norm(_gradient);
            }

            afterIteration(iteration, value);
            if (rounding || !(radius > 0) || !double.IsFinite(trialValue))
            {
                return new NewtonResult(iteration, value, gradientNorm, rounding || gradientNorm <= enough);
            }
        }

        return new NewtonResult(iteration, value, gradientNorm, gradientNorm <= enough);
    }

    private static double NextRadius(double radius, double limited, double length, double linear, double actual, double predicted, bool onBoundary)
    {
        // The length that a parabola through value, slope and trial value calls best.
        double bend = -actual - linear;
        double factor = bend <= 0 ? Grow : Math.Max(StrongShrink, -0.5 * (linear / bend));
        return actual < AcceptRatio * predicted ? Math.Min(factor * length, Shrink * limited)
            : actual < PoorRatio * predicted ? Math.Max(StrongShrink * limited, Math.Min(factor * length, Shrink * limited))
            : actual < GoodRatio * predicted ? Math.Max(StrongShrink * limited, Math.Min(factor * length, Grow * limited))
            : onBoundary ? Grow * radius
            : Math.Max(limited, Math.Min(factor * length, Grow * limited));
    }

    private void Precondition()
    {
        _objective.HessianDiagonal(_diagonal);
        double largest = 0;
        foreach (double curvature in _diagonal)
        {
            largest = Math.Max(largest, curvature);
        }

        // A coordinate without curvature must not make the region infinite.
        double least = largest > 0 ? largest * 1e-12 : 1;
        for (int i = 0; i < _diagonal.Length; i++)
        {
            _diagonal[i] = Math.Max(_diagonal[i], least);
        }
    }

    private double InverseWeightedNorm(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * x[i] / _diagonal[i];
        }

        return sum;
    }

    /// <summary>Solves H step = -gradient approximately, ending on the boundary where the path leaves the region. The residual is -gradient - H step.</summary>
    private bool SolveInside(double radius)
    {
        Array.Clear(_step);
        for (int i = 0; i < _residual.Length; i++)
        {
            _residual[i] = -_gradient[i];
            _direction[i] = _residual[i] / _diagonal[i];
        }

        double squared = InverseWeightedNorm(_residual);
        double start = Math.Sqrt(squared);
        double enough = Math.Min(ForcingTerm, Math.Sqrt(start)) * start;

        // Without rounding, as many products as coordinates are enough; with it, ill-conditioned systems need some times as many.
        int limit = (int)Math.Min(10L * Math.Max(_residual.Length, 10), int.MaxValue);
        for (int inner = 0; inner < limit && Math.Sqrt(squared) > enough; inner++)
        {
            _objective.HessianProduct(_direction, _product);
            double curvature = DoubleVectors.Dot(_direction, _product);
            if (!(curvature > 0))
            {
                return false;
            }

            double length = squared / curvature;
            DoubleVectors.AddScaled(length, _direction, _step);
            if (Math.Sqrt(DoubleVectors.WeightedDot(_diagonal, _step, _step)) > radius)
            {
                DoubleVectors.AddScaled(-length, _direction, _step);
                length = LengthToBoundary(radius);
                DoubleVectors.AddScaled(length, _direction, _step);
                DoubleVectors.AddScaled(-length, _product, _residual);
                return true;
            }

            DoubleVectors.AddScaled(-length, _product, _residual);
            double next = InverseWeightedNorm(_residual);
            double keep = next / squared;
            squared = next;
            for (int i = 0; i < _direction.Length; i++)
            {
                _direction[i] = (_residual[i] / _diagonal[i]) + (keep * _direction[i]);
            }
        }

        return false;
    }

    /// <summary>The positive root of |step + length · direction| = radius, in the form that loses no digits.</summary>
    private double LengthToBoundary(double radius)
    {
        double stepDirection = DoubleVectors.WeightedDot(_diagonal, _step, _direction);
        double stepStep = DoubleVectors.WeightedDot(_diagonal, _step, _step);
        double directionDirection = DoubleVectors.WeightedDot(_diagonal, _direction, _direction);
        double left = (radius * radius) - stepStep;
        double root = Math.Sqrt((stepDirection * stepDirection) + (directionDirection * left));
        return stepDirection >= 0 ? left / (stepDirection + root) : (root - stepDirection) / directionDirection;
    }
}
