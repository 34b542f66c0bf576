using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

/// <summary>The objective of linear training written down once more, and solvers so slow and plain that they are easily right.</summary>
/// <remarks>A point is the weights of all columns and, last where there is one, the intercept.</remarks>
internal sealed class PlainLinear
{
    private readonly double[][] _rows;
    private readonly double[] _targets;
    private readonly double[] _costs;
    private readonly LinearTrainingOptions _options;
    private readonly int _columns;

    public PlainLinear(ExampleSet examples, LinearTrainingOptions options)
    {
        _options = options;
        _columns = examples.Schema.ColumnCount;
        _rows = new double[examples.Count][];
        _targets = new double[examples.Count];
        _costs = new double[examples.Count];
        for (int row = 0; row < examples.Count; row++)
        {
            _rows[row] = new double[Length];
            ReadOnlySpan<int> columns = examples.Features.ColumnsOf(row);
            for (int i = 0; i < columns.Length; i++)
            {
                _rows[row][columns[i]] = examples.Features.ValuesOf(row)[i];
            }

            if (options.Intercept)
            {
                _rows[row][^1] = 1;
            }

            bool positive = examples.Labels[row] == 1;
            _targets[row] = options.Loss == LinearLoss.Squared ? examples.Labels[row] : positive ? 1 : -1;
            _costs[row] = options.Cost * examples.Weights[row] * (positive ? options.PositiveWeight : options.NegativeWeight);
        }
    }

    public int Length => _columns + (_options.Intercept ? 1 : 0);

    public static double[] PointOf(LinearModel model, bool intercept) => intercept ? [.. model.Weights, model.Intercept] : model.Weights;

    public double Objective(double[] point)
    {
        double sum = 0;
        for (int row = 0; row < _rows.Length; row++)
        {
            sum += _costs[row] * Loss(Score(point, row), _targets[row]);
        }

        for (int column = 0; column < _columns; column++)
        {
            sum += (_options.L1 * Math.Abs(point[column])) + (0.5 * _options.L2 * point[column] * point[column]);
        }

        return sum;
    }

    /// <summary>The derivative of loss and L2 along one coordinate.</summary>
    public double SmoothSlope(double[] point, int coordinate)
    {
        double sum = coordinate < _columns ? _options.L2 * point[coordinate] : 0;
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row][coordinate] != 0)
            {
                sum += _costs[row] * Slope(Score(point, row), _targets[row]) * _rows[row][coordinate];
            }
        }

        return sum;
    }

    /// <summary>How far the point is from being optimal: the largest shortest subgradient of a coordinate.</summary>
    public double Violation(double[] point)
    {
        double largest = 0;
        for (int j = 0; j < Length; j++)
        {
            double l1 = j < _columns ? _options.L1 : 0;
            double slope = SmoothSlope(point, j);
            largest = Math.Max(largest, point[j] != 0 ? Math.Abs(slope + (l1 * Math.Sign(point[j]))) : Math.Max(0, Math.Abs(slope) - l1));
        }

        return largest;
    }

    /// <summary>Halves an interval for one coordinate at a time until nothing moves: right for any loss with a derivative.</summary>
    public double[] SlowOptimum()
    {
        double[] point = new double[Length];
        for (int sweep = 0; sweep < 3000; sweep++)
        {
            double moved = 0;
            for (int j = 0; j < Length; j++)
            {
                double before = point[j];
                double l1 = j < _columns ? _options.L1 : 0;
                double low = before - 64, high = before + 64;
                for (int halving = 0; halving < 60; halving++)
                {
                    point[j] = (low + high) / 2;
                    bool right = SmoothSlope(point, j) + (l1 * Math.Sign(point[j])) > 0;
                    (low, high) = right ? (low, point[j]) : (point[j], high);
                }

                point[j] = 0;
                if (Math.Abs(SmoothSlope(point, j)) > l1 || l1 == 0)
                {
                    point[j] = (low + high) / 2;
                }

                moved = Math.Max(moved, Math.Abs(point[j] - before));
            }

            if (moved < 1e-10)
            {
                break;
            }
        }

        return point;
    }

    /// <summary>
    /// The least value with the hinge loss, by sequential minimal optimisation: the two multipliers that disagree most, again and again
    /// (Platt 1998; Keerthi et al. 2001). Without an intercept, one multiplier at a time.
    /// </summary>
    public double SlowHingeOptimum()
    {
        int rows = _rows.Length;
        double[] alphas = new double[rows];
        double[] weights = new double[_columns];
        for (int step = 0; step < 400_000; step++)
        {
            double[] gradient = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                gradient[row] = _targets[row] - Inner(weights, _rows[row]);
            }

            int up = -1, down = -1;
            if (_options.Intercept)
            {
                for (int row = 0; row < rows; row++)
                {
                    bool mayRise = _targets[row] > 0 ? alphas[row] < _costs[row] : alphas[row] > 0;
                    bool maySink = _targets[row] > 0 ? alphas[row] > 0 : alphas[row] < _costs[row];
                    up = mayRise && (up < 0 || gradient[row] > gradient[up]) ? row : up;
                    down = maySink && (down < 0 || gradient[row] < gradient[down]) ? row : down;
                }

                if (gradient[up] - gradient[down] < 1e-9)
                {
                    break;
                }

                // y α of one grows by what that of the other sinks.
                double distance = 0;
                for (int column = 0; column < _columns; column++)
                {
                    double difference = _rows[up][column] - _rows[down][column];
                    distance += difference * difference / _options.L2;
                }

                double room = Math.Min(_targets[up] > 0 ? _costs[up] - alphas[up] : alphas[up], _targets[down] > 0 ? alphas[down] : _costs[down] - alphas[down]);
                double length = Math.Min(room, (gradient[up] - gradient[down]) / Math.Max(distance, 1e-12));
                alphas[up] = Snap(alphas[up] + (_targets[up] * length), _costs[up]);
                alphas[down] = Snap(alphas[down] - (_targets[down] * length), _costs[down]);
            }
            else
            {
                double best = 1e-9;
                for (int row = 0; row < rows; row++)
                {
                    double slope = _targets[row] * gradient[row];
                    double gain = (slope > 0 && alphas[row] < _costs[row]) || (slope < 0 && alphas[row] > 0) ? Math.Abs(slope) : 0;
                    (up, best) = gain > best ? (row, gain) : (up, best);
                }

                if (up < 0)
                {
                    break;
                }

                alphas[up] = Math.Clamp(alphas[up] + (_targets[up] * gradient[up] * _options.L2 / Inner(_rows[up], _rows[up])), 0, _costs[up]);
            }

            Array.Clear(weights);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < _columns; column++)
                {
                    weights[column] += alphas[row] * _targets[row] * _rows[row][column] / _options.L2;
                }
            }
        }

        // The dual value: at the optimum it is that of the objective.
        return alphas.Sum() - (0.5 * _options.L2 * Inner(weights, weights));
    }

    private static double Snap(double alpha, double cost) => alpha < 1e-14 ? 0 : alpha > cost - 1e-14 ? cost : alpha;

    private double Inner(double[] weights, double[] row)
    {
        double sum = 0;
        for (int column = 0; column < _columns; column++)
        {
            sum += weights[column] * row[column];
        }

        return sum;
    }

    private double Score(double[] point, int row)
    {
        double sum = 0;
        for (int j = 0; j < Length; j++)
        {
            sum += point[j] * _rows[row][j];
        }

        return sum;
    }

    private double Loss(double score, double target) => _options.Loss switch
    {
        LinearLoss.Logistic => score * target < -30 ? -score * target : Math.Log(1 + Math.Exp(-score * target)),
        LinearLoss.Squared => 0.5 * Math.Pow(score - target, 2),
        LinearLoss.Hinge => Math.Max(0, 1 - (score * target)),
        _ => Math.Pow(Math.Max(0, 1 - (score * target)), 2),
    };

    private double Slope(double score, double target) => _options.Loss switch
    {
        LinearLoss.Logistic => -target / (1 + Math.Exp(score * target)),
        LinearLoss.Squared => score - target,
        _ => -2 * target * Math.Max(0, 1 - (score * target)),
    };
}
