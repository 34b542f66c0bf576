using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Minimises ½ L2 |w|² + Σ cost · max(0, 1 - y · score) by coordinate descent on its dual.</summary>
/// <remarks>
/// <para>
/// Without an intercept the dual is a box: 0 ≤ α ≤ cost, with w = Σ α y x / L2. Source: Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual
/// coordinate descent method for large-scale linear SVM", ICML 2008, algorithm 3 with its shrinking.
/// </para>
/// <para>
/// An intercept without a penalty adds Σ α y = 0, which no single coordinate can keep. So the intercept b is found by the proximal point
/// method (Rockafellar, SIAM Journal on Control and Optimization 14(5), 1976): (b - bₖ)² / 2ρ is added, whose dual is a box again with
/// b = bₖ + ρ Σ α y, and bₖ follows b until they meet. The added term is then 0, whatever ρ.
/// </para>
/// </remarks>
internal sealed class HingeDual
{
    private readonly LinearProblem _problem;
    private readonly double _l2;
    private readonly double[] _alphas;
    private readonly double[] _curvatures;
    private readonly double[] _weights;
    private readonly int[] _order;
    private readonly double _stiffness;
    private double _intercept;
    private double _center;
    private SeededRandom _random;

    public HingeDual(LinearProblem problem, double l2, ulong seed)
    {
        _problem = problem;
        _l2 = l2;
        _alphas = new double[problem.Rows];
        _curvatures = new double[problem.Rows];
        _weights = new double[DesignMatrix.Padding + problem.Columns];
        _order = new int[problem.Rows];
        _random = new SeededRandom(seed);
        double mean = 0;
        for (int row = 0; row < problem.Rows; row++)
        {
            _order[row] = row;
            _curvatures[row] = problem.Design.SquaredNorm(row) / l2;
            mean += _curvatures[row] / problem.Rows;
        }

        // As long as a usual example: the intercept then moves about as fast as a weight.
        _stiffness = !problem.HasIntercept ? 0 : mean > 0 ? mean : 1;
        for (int row = 0; row < problem.Rows; row++)
        {
            _curvatures[row] += _stiffness;
        }
    }

    /// <summary>Solves from zero. The point gets the weights of the used columns and, last, the intercept.</summary>
    /// <param name="point">The result.</param>
    /// <param name="tolerance">Relative distance between the objective and a proved bound that is good enough.</param>
    /// <param name="maxIterations">Most passes over the examples.</param>
    /// <param name="afterIteration">Told the passes so far and the objective, about once every ten passes.</param>
    public NewtonResult Minimize(Span<double> point, double tolerance, int maxIterations, Action<int, double> afterIteration)
    {
        const int PassesBetweenChecks = 10;
        int passes = 0;
        while (true)
        {
            int active = _problem.Rows;
            double upper = double.PositiveInfinity;
            double lower = double.NegativeInfinity;
            for (int i = 0; i < PassesBetweenChecks && passes < maxIterations; i++, passes++)
            {
                _problem.CancellationToken.ThrowIfCancellationRequested();
                Pass(ref active, ref upper, ref lower);
            }

            double primal = Primal(out double gap);
            afterIteration(passes, primal);
            double enough = tolerance * primal;
            double pull = _stiffness > 0 ? (_intercept - _center) * (_intercept - _center) / (2 * _stiffness) : 0;
            bool solved = gap <= enough;
            if ((solved && pull <= enough) || passes >= maxIterations || !double.IsFinite(primal))
            {
                _weights.AsSpan(DesignMatrix.Padding).CopyTo(point);
                if (_problem.HasIntercept)
                {
                    point[^1] = _intercept;
                }

                return new NewtonResult(passes, primal, gap + pull, solved && pull <= enough);
            }

            // The subproblem need only be solved as well as its center is known.
            if (_stiffness > 0 && gap <= Math.Max(enough, 0.1 * pull))
            {
                _center = _intercept;
                Recenter();
            }
        }
    }

    /// <summary>Each example's multiplier as a share of the largest it may have.</summary>
    public void CopyShares(Span<double> shares)
    {
        for (int row = 0; row < shares.Length; row++)
        {
            shares[row] = _alphas[row] / _problem.Costs[row];
        }
    }

    /// <summary>One pass over the examples that may still move, in random order.</summary>
    private void Pass(ref int active, ref double upper, ref double lower)
    {
        double largest = double.NegativeInfinity;
        double smallest = double.PositiveInfinity;
        for (int at = 0; at < active; at++)
        {
            int other = at + _random.NextInt32(active - at);
            (_order[at], _order[other]) = (_order[other], _order[at]);
        }

        for (int at = 0; at < active; at++)
        {
            int row = _order[at];
            double target = _problem.Targets[row];
            double slope = (target * (_problem.Design.Dot(row, _weights) + _intercept)) - 1;
            double alpha = _alphas[row];
            double cost = _problem.Costs[row];
            if ((alpha == 0 && slope > upper) || (alpha == cost && slope < lower))
            {
                // At its bound and pushed against it: it rests until the next check.
                active--;
                (_order[at], _order[active]) = (_order[active], _order[at]);
                at--;
                continue;
            }

            double projected = alpha == 0 ? Math.Min(slope, 0) : alpha == cost ? Math.Max(slope, 0) : slope;
            largest = Math.Max(largest, projected);
            smallest = Math.Min(smallest, projected);
            if (projected != 0)
            {
                // An example without features, and no intercept, has a dual that is linear: it goes to its bound.
                _alphas[row] = _curvatures[row] > 0 ? Math.Clamp(alpha - (slope / _curvatures[row]), 0, cost) : cost;
                double change = (_alphas[row] - alpha) * target;
                _problem.Design.AddScaled(change / _l2, row, _weights);
                _intercept += _stiffness * change;
            }
        }

        upper = largest > 0 ? largest : double.PositiveInfinity;
        lower = smallest < 0 ? smallest : double.NegativeInfinity;
    }

    /// <summary>The objective, and how far the subproblem's is above its dual.</summary>
    private double Primal(out double gap)
    {
        Recenter();
        double loss = 0;
        double dual = 0;
        double balance = 0;
        for (int row = 0; row < _problem.Rows; row++)
        {
            double score = _problem.Design.Dot(row, _weights) + _intercept;
            loss += _problem.Costs[row] * HingeLoss.Value(score, _problem.Targets[row]);
            dual += _alphas[row] * (1 - (_problem.Targets[row] * _center));
            balance += _alphas[row] * _problem.Targets[row];
        }

        double penalty = 0.5 * _l2 * DoubleVectors.Dot(_weights, _weights);
        double proximal = 0.5 * _stiffness * balance * balance;
        gap = loss + penalty + proximal - (dual - penalty - proximal);
        return loss + penalty;
    }

    /// <summary>Computes weights and intercept anew from the dual, so that rounding does not add up over the passes.</summary>
    private void Recenter()
    {
        Array.Clear(_weights);
        double balance = 0;
        for (int row = 0; row < _problem.Rows; row++)
        {
            double pushed = _alphas[row] * _problem.Targets[row];
            if (pushed != 0)
            {
                _problem.Design.AddScaled(pushed / _l2, row, _weights);
                balance += pushed;
            }
        }

        _intercept = _center + (_stiffness * balance);
    }
}
