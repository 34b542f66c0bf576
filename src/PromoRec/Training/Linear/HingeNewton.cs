using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Minimises ½ L2 |w|² + Σ cost · max(0, 1 - y · score) by the proximal method of multipliers, each of its problems by Newton's method.</summary>
/// <remarks>
/// <para>
/// Coordinate descent on the dual needs very many passes where columns are of very different size, or C is large. Here each round replaces the kinks
/// by parabolas, smooth enough for <see cref="TrustRegionNewton"/>: an example with the multiplier α = cost · a loses
/// cost/t · huber(t(1 - y · score) + a), whose slope is cost times what its a will be in the next round. Once no a changes any more, parabola
/// and kink have the same optimum, for any t. Round by round t grows where the rest does not shrink fast enough. A weak pull towards the last round's point, in
/// <see cref="StandardCoordinates"/>, keeps every step bounded where no example stands on its parabola.
/// </para>
/// <para>
/// All is in coordinates multiplied by t, in which the parabolas have width 1 and t stands in the targets. Sources: Rockafellar, "Augmented
/// Lagrangians and applications of the proximal point algorithm in convex programming", Mathematics of Operations Research 1(2), 1976; Yan and Li, "An
/// efficient augmented Lagrangian method for support vector machine", Optimization Methods and Software 35(4), 2020.
/// </para>
/// </remarks>
internal sealed class HingeNewton
{
    private const double SharpnessGrowth = 4;
    private const double FastEnough = 0.25;
    private const double InnerTolerance = 1e-3;

    // The multipliers keep ten digits beside it.
    private const double MostSharpness = 1e6;

    // Beside a mean second derivative of 1 where all examples stand on their parabolas.
    private const double Pull = 1e-6;

    // Below this share of what all examples lose at score 0, an objective is rounding.
    private const double RoundingShare = 1e-13;

    private readonly LinearProblem _problem;
    private readonly double _l2;
    private readonly StandardCoordinates _coordinates;
    private readonly double[] _targets;
    private readonly double[] _raw;
    private readonly double[] _gradient;

    public HingeNewton(LinearProblem problem, double l2)
    {
        _problem = problem;
        _l2 = l2;
        _targets = new double[problem.Rows];
        _raw = new double[problem.Length];
        _gradient = new double[problem.Length];

        // With the squared loss all second derivatives are 1, as where every example stands on its parabola.
        _coordinates = StandardCoordinates.For(problem, new LossObjective<SquaredLoss>(problem, l2), _raw);
    }

    /// <summary>Improves a point until the gap between the objective and its bound, and what the rest of the gradient may be worth, are small enough.</summary>
    /// <param name="point">Start value and result.</param>
    /// <param name="shares">Each example's multiplier as a share of its cost: start values and result.</param>
    /// <param name="iterations">Iterations made before.</param>
    /// <param name="tolerance">Share of the objective that is small enough.</param>
    /// <param name="maxIterations">Most iterations, those before included.</param>
    /// <param name="afterIteration">Told the iterations so far and the objective after each round.</param>
    public NewtonResult Minimize(Span<double> point, double[] shares, int iterations, double tolerance, int maxIterations, Action<int, double> afterIteration)
    {
        double rounding = RoundingShare * _problem.Costs.Sum();
        double sharpness = 1;
        double before = double.PositiveInfinity;
        double[] sharpened = new double[point.Length];
        while (true)
        {
            _problem.CancellationToken.ThrowIfCancellationRequested();
            iterations += Round(point, sharpened, shares, sharpness, maxIterations - iterations, out double primal, out double rest);
            afterIteration(iterations, primal);
            bool solved = rest <= (tolerance * primal) + rounding;
            if (solved || iterations >= maxIterations || !double.IsFinite(primal))
            {
                return new NewtonResult(iterations, primal, rest, solved);
            }

            sharpness = rest > FastEnough * before ? Math.Min(sharpness * SharpnessGrowth, MostSharpness) : sharpness;
            before = rest;
        }
    }

    /// <summary>Minimises one smooth problem and takes its multipliers; returns how many steps that took, 1 at least.</summary>
    private int Round(Span<double> point, double[] sharpened, double[] shares, double sharpness, int maxIterations, out double primal, out double rest)
    {
        for (int row = 0; row < _targets.Length; row++)
        {
            _targets[row] = _problem.Targets[row] * (sharpness + shares[row]);
        }

        for (int i = 0; i < point.Length; i++)
        {
            sharpened[i] = sharpness * point[i];
        }

        _coordinates.FromRaw(sharpened, sharpened);
        var inner = new LossObjective<HuberHingeLoss>(_problem, _l2 / sharpness, _targets);
        var objective = new StandardizedObjective<HuberHingeLoss>(_coordinates, inner, Pull / (sharpness * sharpness), [.. sharpened]);
        NewtonResult result = new TrustRegionNewton(objective).Minimize(sharpened, norm: 0, InnerTolerance, maxIterations, (_, _) => { });

        // The last value that Newton's method asked for may be that of a step it did not take.
        objective.Value(sharpened);
        objective.GradientWithoutPull(sharpened, _gradient);
        double gradientRest = RestOf(sharpened, sharpness);
        _coordinates.ToRaw(sharpened, _raw);
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = _raw[i] / sharpness;
        }

        double loss = 0;
        double gap = 0;
        for (int row = 0; row < _targets.Length; row++)
        {
            double score = inner.Scores[row];
            double missing = 1 - (_problem.Targets[row] * score / sharpness);
            shares[row] = Math.Clamp(HuberHingeLoss.Missing(score, _targets[row]), 0, 1);
            loss += _problem.Costs[row] * Math.Max(0, missing);
            gap += _problem.Costs[row] * (Math.Max(0, missing) - (shares[row] * missing));
        }

        ReadOnlySpan<double> weights = point[.._problem.Columns];
        primal = loss + (0.5 * _l2 * DoubleVectors.Dot(weights, weights));
        rest = gap + gradientRest;
        return Math.Max(result.Iterations, 1);
    }

    /// <summary>What can still be won because the gradient is not quite 0: the less of two bounds.</summary>
    /// <remarks>
    /// The dual value at the multipliers is lower by |slopes of the weights|² / 2 L2: that proves a bound, but a useless one where a column is so large
    /// that its penalty means nothing. The other is the gradient's length times the way to the optimum, for which the point's own length stands.
    /// </remarks>
    private double RestOf(ReadOnlySpan<double> sharpened, double sharpness)
    {
        double squared = 0;
        for (int column = 0; column < _problem.Columns; column++)
        {
            double slope = _gradient[column] * _coordinates.Scales[column];
            squared += slope * slope;
        }

        double intercept = _problem.HasIntercept ? Math.Abs(_gradient[^1] * sharpened[^1]) / sharpness : 0;
        return Math.Min((squared / (2 * _l2)) + intercept, DoubleVectors.Norm(_gradient) * DoubleVectors.Norm(sharpened) / sharpness);
    }
}
