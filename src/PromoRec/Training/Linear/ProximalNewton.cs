using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Minimises a loss with an L1 penalty: each Newton model of the loss, with the penalty as it is, by coordinate descent, then a line search.</summary>
/// <remarks>
/// <para>
/// Source: Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13, 2012. A model moves only weights that are not 0
/// or whose subgradient is not 0: the others are looked at again before the next one.
/// </para>
/// <para>
/// Coordinate descent finds quickly which weights are 0 and what sign the others have, and slowly what they are where features depend on each
/// other. So each iteration ends with a Newton step by conjugate gradient over the weights that are not 0, none of which may change its
/// sign. Source: Byrd, Chin, Nocedal and Oztoprak, "A family of second-order methods for convex l1-regularized optimization", Mathematical
/// Programming 159, 2016.
/// </para>
/// </remarks>
internal sealed class ProximalNewton<TLoss>
    where TLoss : struct, ILossFunction
{
    private const double SufficientDecrease = 0.01;
    private const int MaxHalvings = 60;
    private const int MaxPasses = 10;
    private const int MaxConjugateGradientSteps = 250;
    private const int MaxPolishRounds = 50;

    // Below this share of what its coordinates bend by themselves, the bend of a direction is rounding.
    private const double FlatShare = 1e-11;

    // Keeps a coordinate whose curvature has vanished from moving without bound.
    private const double LeastCurvature = 1e-12;

    private readonly LinearProblem _problem;
    private readonly LossObjective<TLoss> _objective;
    private readonly double _l1;
    private readonly double[] _gradient;
    private readonly double[] _diagonal;
    private readonly double[] _direction;
    private readonly double[] _moved;
    private readonly double[] _curvedScores;
    private readonly double[] _directionScores;
    private readonly double[] _measure;
    private readonly int[] _working;
    private readonly double[] _residual;
    private readonly double[] _slope;
    private readonly double[] _conjugate;
    private readonly double[] _product;
    private SeededRandom _random;

    public ProximalNewton(LinearProblem problem, LossObjective<TLoss> objective, double l1, ulong seed)
    {
        _problem = problem;
        _objective = objective;
        _l1 = l1;
        _gradient = new double[problem.Length];
        _diagonal = new double[problem.Length];
        _direction = new double[problem.Length];
        _moved = new double[problem.Length];
        _curvedScores = new double[problem.Rows];
        _directionScores = new double[problem.Rows];
        _measure = new double[problem.Length];
        _working = new int[problem.Length];
        _residual = new double[problem.Length];
        _slope = new double[problem.Length];
        _conjugate = new double[problem.Length];
        _product = new double[problem.Length];
        _random = new SeededRandom(seed);
    }

    /// <summary>Improves a point until the sum of its shortest subgradient is at most <paramref name="tolerance"/> times that at the start.</summary>
    public NewtonResult Minimize(Span<double> point, double tolerance, int maxIterations, Action<int, double> afterIteration)
    {
        double value = _objective.Value(point) + Penalty(point);
        double start = 0;
        for (int iteration = 1; ; iteration++)
        {
            _objective.Gradient(point, _gradient);
            if (iteration == 1)
            {
                Measure();
            }

            double violation = Violation(point, out int working);
            start = iteration == 1 ? violation : start;
            if (!(violation > tolerance * start) || iteration > maxIterations)
            {
                return new NewtonResult(iteration - 1, value, violation, violation <= tolerance * start);
            }

            _objective.HessianDiagonal(_diagonal);
            Descend(point, working, enough: 0.1 * violation);
            bool moved = Search(point, ref value);
            moved |= Polish(point, ref value);
            afterIteration(iteration, value);
            if (!moved)
            {
                // What is left to win is less than the rounding of the objective.
                return new NewtonResult(iteration, value, violation, Converged: true);
            }
        }
    }

    /// <summary>Sum of the absolute shortest subgradient, and the coordinates that a step may move.</summary>
    private double Violation(ReadOnlySpan<double> point, out int working)
    {
        double sum = 0;
        working = 0;
        for (int j = 0; j < point.Length; j++)
        {
            double one = Shortest(_gradient[j], point[j], j);
            sum += one;
            if (one > 0 || point[j] != 0)
            {
                _working[working++] = j;
            }
        }

        return sum;
    }

    /// <summary>What each coordinate's slope counts in the violation: a column a billion times as large as another shall not count a billion times as much.</summary>
    private void Measure()
    {
        _objective.HessianDiagonal(_measure);
        for (int j = 0; j < _measure.Length; j++)
        {
            _measure[j] = _measure[j] > 0 && double.IsFinite(_measure[j]) ? 1 / Math.Sqrt(_measure[j]) : 1;
        }
    }

    /// <summary>The shortest subgradient along one coordinate, measured where all coordinates bent alike at the start.</summary>
    private double Shortest(double slope, double weight, int coordinate) => _measure[coordinate] * (
        coordinate == _problem.Columns ? Math.Abs(slope)
        : weight > 0 ? Math.Abs(slope + _l1)
        : weight < 0 ? Math.Abs(slope - _l1)
        : Math.Max(Math.Abs(slope) - _l1, 0));

    /// <summary>Coordinate descent on the Newton model, until what a pass would still change is little enough.</summary>
    private void Descend(ReadOnlySpan<double> point, int working, double enough)
    {
        Array.Clear(_direction);
        Array.Clear(_curvedScores);
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            _problem.CancellationToken.ThrowIfCancellationRequested();
            double violation = 0;
            for (int at = 0; at < working; at++)
            {
                int other = at + _random.NextInt32(working - at);
                (_working[at], _working[other]) = (_working[other], _working[at]);
                violation += MoveOne(point, _working[at]);
            }

            if (!(violation > enough))
            {
                break;
            }
        }
    }

    /// <summary>Moves one coordinate to the minimum of the model along it.</summary>
    private double MoveOne(ReadOnlySpan<double> point, int coordinate)
    {
        double[] curvatures = _objective.Curvatures;
        bool isIntercept = coordinate == _problem.Columns;
        ReadOnlySpan<int> rows = isIntercept ? default : _problem.ByColumn.ColumnsOf(coordinate);
        ReadOnlySpan<float> values = isIntercept ? default : _problem.ByColumn.ValuesOf(coordinate);
        double curvature = _diagonal[coordinate] + LeastCurvature;
        double weight = point[coordinate] + _direction[coordinate];
        double slope = _gradient[coordinate];
        if (isIntercept)
        {
            foreach (double curved in _curvedScores)
            {
                slope += curved;
            }
        }
        else
        {
            slope += SparseRows.Dot(rows, values, _curvedScores) + (_objective.L2 * _direction[coordinate]);
        }

        double step = isIntercept ? -slope / curvature
            : slope + _l1 < curvature * weight ? -(slope + _l1) / curvature
            : slope - _l1 > curvature * weight ? -(slope - _l1) / curvature
            : -weight;
        double violation = Shortest(slope, weight, coordinate);
        if (step == 0)
        {
            return violation;
        }

        _direction[coordinate] += step;
        if (isIntercept)
        {
            for (int row = 0; row < _curvedScores.Length; row++)
            {
                _curvedScores[row] += step * curvatures[row];
            }
        }
        else
        {
            for (int i = 0; i < rows.Length; i++)
            {
                _curvedScores[rows[i]] += step * values[i] * curvatures[rows[i]];
            }
        }

        return violation;
    }

    /// <summary>Goes along the direction as far as the objective sinks enough.</summary>
    private bool Search(Span<double> point, ref double value)
    {
        _objective.ScoresOf(_direction, _directionScores);
        double penalty = Penalty(point);
        for (int i = 0; i < point.Length; i++)
        {
            _moved[i] = point[i] + _direction[i];
        }

        double promise = DoubleVectors.Dot(_gradient, _direction) + Penalty(_moved) - penalty;
        double length = 1;
        for (int halving = 0; halving < MaxHalvings && promise < 0; halving++, length /= 2)
        {
            for (int i = 0; i < point.Length; i++)
            {
                // Weights that the model puts at 0 are exactly 0.
                _moved[i] = length == 1 && _direction[i] == -point[i] ? 0 : point[i] + (length * _direction[i]);
            }

            double moved = _objective.ValueAlong(_moved, length, _directionScores) + Penalty(_moved);
            if (moved - value <= SufficientDecrease * length * promise)
            {
                _moved.CopyTo(point);
                value = _objective.Value(point) + Penalty(point);
                return true;
            }
        }

        return false;
    }

    /// <summary>Newton steps over the weights that are not 0, as long as each ends where a weight becomes 0.</summary>
    private bool Polish(Span<double> point, ref double value)
    {
        bool any = false;
        for (int round = 0; round < MaxPolishRounds; round++)
        {
            _problem.CancellationToken.ThrowIfCancellationRequested();
            int before = SupportSize(point);
            bool moved = PolishOnce(point, ref value);
            any |= moved;
            if (!moved || SupportSize(point) == before)
            {
                break;
            }
        }

        return any;
    }

    private bool PolishOnce(Span<double> point, ref double value)
    {
        _objective.Gradient(point, _gradient);
        _objective.HessianDiagonal(_diagonal);
        for (int j = 0; j < point.Length; j++)
        {
            // Outside of the support the residual is 0, and stays so.
            _residual[j] = InSupport(point, j) ? -_gradient[j] - (j < _problem.Columns ? _l1 * Math.Sign(point[j]) : 0) : 0;
            _slope[j] = -_residual[j];
        }

        bool isFlat = Solve(point);
        bool moved = (!isFlat && TryCut(point, ref value)) || TryToBoundary(point, ref value, isFlat ? double.PositiveInfinity : 1);
        if (!moved)
        {
            // The objective must be left at the point that stays.
            _objective.Value(point);
        }

        return moved;
    }

    /// <summary>Goes the whole step, or a half of it, or a quarter; weights that would change their sign stay at 0.</summary>
    private bool TryCut(Span<double> point, ref double value)
    {
        double length = 1;
        for (int halving = 0; halving < 3; halving++, length /= 2)
        {
            double promise = 0;
            for (int j = 0; j < point.Length; j++)
            {
                double target = point[j] + (length * _direction[j]);
                _moved[j] = j < _problem.Columns && target * point[j] <= 0 ? 0 : target;
                promise += _slope[j] * (_moved[j] - point[j]);
            }

            if (TryMoved(point, promise, ref value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes as far as no weight changes its sign; the first one that would is then exactly 0.</summary>
    private bool TryToBoundary(Span<double> point, ref double value, double longest)
    {
        double length = longest;
        int first = -1;
        for (int j = 0; j < _problem.Columns; j++)
        {
            if (point[j] * _direction[j] < 0 && -point[j] / _direction[j] < length)
            {
                length = -point[j] / _direction[j];
                first = j;
            }
        }

        double slope = DoubleVectors.Dot(_slope, _direction);
        for (int halving = 0; halving < MaxHalvings / 4 && double.IsFinite(length); halving++, length /= 2)
        {
            for (int j = 0; j < point.Length; j++)
            {
                _moved[j] = j == first && halving == 0 ? 0 : point[j] + (length * _direction[j]);
            }

            if (TryMoved(point, length * slope, ref value))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryMoved(Span<double> point, double promise, ref double value)
    {
        if (!(promise < 0))
        {
            return false;
        }

        double moved = _objective.Value(_moved) + Penalty(_moved);
        if (!(moved - value <= SufficientDecrease * promise))
        {
            return false;
        }

        _moved.CopyTo(point);
        value = moved;
        return true;
    }

    /// <summary>Solves H direction = residual over the support, by conjugate gradient with the diagonal as preconditioner.</summary>
    /// <returns>
    /// Whether there is a direction that goes down and along which the loss does not bend, as where features add up to one another: the direction
    /// is then that one.
    /// </returns>
    private bool Solve(ReadOnlySpan<double> point)
    {
        Array.Clear(_direction);
        Array.Clear(_conjugate);
        double squared = Precondition(0);
        double enough = squared * 1e-6;
        for (int step = 0; step < MaxConjugateGradientSteps && squared > enough; step++)
        {
            _objective.HessianProduct(_conjugate, _product);
            double curvature = DoubleVectors.Dot(_conjugate, _product);
            if (!(curvature > FlatShare * DoubleVectors.WeightedDot(_diagonal, _conjugate, _conjugate)))
            {
                _conjugate.CopyTo(_direction, 0);
                return true;
            }

            double length = squared / curvature;
            DoubleVectors.AddScaled(length, _conjugate, _direction);
            for (int j = 0; j < point.Length; j++)
            {
                _residual[j] -= InSupport(point, j) ? length * _product[j] : 0;
            }

            squared = Precondition(squared);
        }

        return false;
    }

    /// <summary>The next conjugate direction; returns the residual's squared norm in the preconditioner's measure.</summary>
    private double Precondition(double before)
    {
        double squared = 0;
        for (int j = 0; j < _residual.Length; j++)
        {
            squared += _residual[j] * _residual[j] / (_diagonal[j] + LeastCurvature);
        }

        double keep = before > 0 ? squared / before : 0;
        for (int j = 0; j < _residual.Length; j++)
        {
            _conjugate[j] = (_residual[j] / (_diagonal[j] + LeastCurvature)) + (keep * _conjugate[j]);
        }

        return squared;
    }

    private static int SupportSize(ReadOnlySpan<double> point) => point.Length - point.Count(0.0);

    private bool InSupport(ReadOnlySpan<double> point, int coordinate) => point[coordinate] != 0 || coordinate == _problem.Columns;

    private double Penalty(ReadOnlySpan<double> point) => _l1 * DoubleVectors.AbsoluteSum(point[.._problem.Columns]);
}
