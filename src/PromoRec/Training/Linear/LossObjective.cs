using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Σ cost · loss + ½ L2 |w|², the part of the objective that has derivatives, with its passes over the data shared among threads.</summary>
/// <remarks>
/// The sums are those of <see cref="DesignMatrix"/>: no bit depends on the number of threads. A point is the weights of the used columns and, last, the intercept, which L2 leaves alone.
/// </remarks>
internal sealed class LossObjective<TLoss> : ISmoothObjective
    where TLoss : struct, ILossFunction
{
    private readonly LinearProblem _problem;
    private readonly double[] _targets;
    private readonly double _l2;
    private readonly double[] _scores;
    private readonly double[] _slopes;
    private readonly double[] _curvatures;
    private readonly double[] _rowScratch;
    private readonly double[] _result;
    private readonly double[] _noCenters;

    /// <param name="problem">The examples.</param>
    /// <param name="l2">What half the sum of squared weights counts.</param>
    /// <param name="targets">One an example in place of the problem's; unless given, those.</param>
    public LossObjective(LinearProblem problem, double l2, double[]? targets = null)
    {
        _problem = problem;
        _targets = targets ?? problem.Targets;
        _l2 = l2;
        _scores = new double[problem.Rows];
        _slopes = new double[problem.Rows];
        _curvatures = new double[problem.Rows];
        _rowScratch = new double[problem.Rows];
        _result = new double[problem.Length];
        _noCenters = new double[problem.Columns];
    }

    public int Length => _problem.Length;

    public double L2 => _l2;

    /// <summary>The score of each example at the point of the last <see cref="Value"/>.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>cost · second derivative of each example at the point of the last <see cref="Gradient"/>.</summary>
    public double[] Curvatures => _curvatures;

    public double Value(ReadOnlySpan<double> point)
    {
        double loss = _problem.Design.Multiply(point, InterceptOf(point), _scores, (first, end) => LossOf(_scores, first, end));
        return loss + PenaltyOf(point);
    }

    /// <summary>The value at point + length · direction, where the scores of both are known; the point of <see cref="Value"/> stays.</summary>
    /// <param name="moved">The point moved.</param>
    /// <param name="length">How far.</param>
    /// <param name="directionScores">The scores of the direction, one an example.</param>
    public double ValueAlong(ReadOnlySpan<double> moved, double length, double[] directionScores)
    {
        double loss = _problem.Design.SumBlocks((first, end) =>
        {
            for (int row = first; row < end; row++)
            {
                _rowScratch[row] = _scores[row] + (length * directionScores[row]);
            }

            return LossOf(_rowScratch, first, end);
        });
        return loss + PenaltyOf(moved);
    }

    /// <summary>direction · features of each example, the intercept included.</summary>
    public void ScoresOf(double[] direction, double[] scores) => _problem.Design.Multiply(direction, InterceptOf(direction), scores, (_, _) => 0);

    public void Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        _problem.Design.SumBlocks((first, end) =>
        {
            for (int row = first; row < end; row++)
            {
                _slopes[row] = _problem.Costs[row] * TLoss.Slope(_scores[row], _targets[row]);
                _curvatures[row] = _problem.Costs[row] * TLoss.Curvature(_scores[row], _targets[row]);
            }

            return 0;
        });
        double slopes = _problem.Design.MultiplyTransposed(_slopes, _result);
        Finish(point, slopes, gradient);
    }

    public void HessianProduct(ReadOnlySpan<double> direction, Span<double> product)
    {
        double sums = _problem.Design.MultiplyBoth(direction, InterceptOf(direction), _curvatures, _rowScratch, _result);
        Finish(direction, sums, product);
    }

    public void HessianDiagonal(Span<double> diagonal) => HessianDiagonal([], diagonal);

    /// <summary>The diagonal of the Hessian in coordinates in which a center is taken from each used column, if any are given, and added to the intercept.</summary>
    public void HessianDiagonal(double[] centers, Span<double> diagonal)
    {
        double sums = _problem.Design.MultiplyCenteredSquares(_curvatures, centers.Length > 0 ? centers : _noCenters, _result);
        for (int column = 0; column < _problem.Columns; column++)
        {
            diagonal[column] = _result[column] + _l2;
        }

        if (_problem.HasIntercept)
        {
            diagonal[^1] = sums;
        }
    }

    private void Finish(ReadOnlySpan<double> point, double interceptSum, Span<double> destination)
    {
        for (int column = 0; column < _problem.Columns; column++)
        {
            destination[column] = _result[column] + (_l2 * point[column]);
        }

        if (_problem.HasIntercept)
        {
            destination[^1] = interceptSum;
        }
    }

    private double InterceptOf(ReadOnlySpan<double> point) => _problem.HasIntercept ? point[^1] : 0;

    private double PenaltyOf(ReadOnlySpan<double> point) => 0.5 * _l2 * DoubleVectors.Dot(point[.._problem.Columns], point[.._problem.Columns]);

    private double LossOf(double[] scores, int first, int end)
    {
        double sum = 0;
        for (int row = first; row < end; row++)
        {
            sum += _problem.Costs[row] * TLoss.Value(scores[row], _targets[row]);
        }

        return sum;
    }
}
