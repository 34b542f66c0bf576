using PromoRec.Datasets.Features;
using PromoRec.Models;
using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Learns a linear model from a whole example set: logistic and ridge regression, lasso, elastic net, support vector machines.</summary>
/// <remarks>
/// <para>
/// Minimises Cost · Σ weight · loss(label, w·x + b) + L1 · |w|₁ + ½ L2 · |w|², exactly: what comes out is the optimum within the tolerance, not what a
/// number of steps happened to give. The intercept b is not penalised. With L2 = 1 and L1 = 0 or the other way round, Cost is the C of LIBLINEAR and
/// scikit-learn.
/// </para>
/// <para>
/// Solvers: trust-region Newton with conjugate gradient (Lin, Weng and Keerthi, JMLR 2008) where there is no L1, proximal Newton with
/// coordinate descent (Yuan, Ho and Lin, JMLR 2012) and Newton steps over what is not 0 (Byrd et al., 2016) where there is; for the hinge loss dual
/// coordinate descent (Hsieh et al., ICML 2008) and, where that is slow, a method of multipliers with Newton steps (Yan and Li, 2020). Features
/// need no scaling for the optimum to be found: a column of Unix times may stand beside flags. What the penalties mean does depend on the units.
/// The same data, options and seed give the same weights, bit by bit, for any number of threads.
/// </para>
/// <para>
/// <see cref="LinearModel.Converged"/> says whether the optimum was reached within the tolerance; the model's manifest holds the metrics "objective",
/// "iterations" and "converged" (1 or 0). Columns that no example uses get the weight 0 exactly, and so does, with an intercept, a column that is the same in every
/// example of a weight above 0.
/// </para>
/// <para>
/// Without any penalty, some data have no optimum: where a feature or a sum of them is found with one class only, the loss sinks for ever as its
/// weight grows. If that tells all examples apart, the logistic loss ends in an exception. If it tells only some apart, the weight comes out as large as the tolerance lets
/// it, and says nothing but the direction. A penalty, however small, makes it unique.
/// </para>
/// </remarks>
public sealed class LinearTrainer
{
    // What of a sum over examples is rounding.
    private const double RoundingShare = 1e-15;

    private const int HingeDualPasses = 50;

    private readonly LinearTrainingOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a trainer. Later changes of the options make no difference to it.</summary>
    /// <param name="options">How to learn; the defaults unless given.</param>
    /// <param name="timeProvider">Measures how long iterations take; the system's unless given.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    public LinearTrainer(LinearTrainingOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = (options ?? new LinearTrainingOptions()).Copy();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Trains a model. Any number of threads may train at once.</summary>
    /// <param name="examples">The examples; those of weight 0 count as absent.</param>
    /// <param name="progress">Told the objective after every iteration.</param>
    /// <param name="cancellationToken">Stops the training inside an iteration.</param>
    /// <exception cref="TrainingException">
    /// There is no example; with a loss of classification, a label is neither 0 nor 1 or all are the same; the classes can be separated without an
    /// error and a logistic loss has no penalty; or numbers leave the range of double precision.
    /// </exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public LinearModel Train(ExampleSet examples, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        cancellationToken.ThrowIfCancellationRequested();
        var problem = new LinearProblem(examples, _options, cancellationToken);
        var point = new double[problem.Length];
        long started = _timeProvider.GetTimestamp();
        NewtonResult result = _options.Loss switch
        {
            LinearLoss.Logistic => Smooth<LogisticLoss>(problem, point, Report),
            LinearLoss.Squared => Smooth<SquaredLoss>(problem, point, Report),
            LinearLoss.SquaredHinge => Smooth<SquaredHingeLoss>(problem, point, Report),
            _ => Hinge(problem, point, Report),
        };
        return ToModel(examples, problem, point, result);

        void Report(int iteration, double value)
        {
            if (!double.IsFinite(value))
            {
                Throw.NotFinite(_options);
            }

            long now = _timeProvider.GetTimestamp();
            progress?.Report(new TrainingProgress(iteration, _options.MaxIterations, _timeProvider.GetElapsedTime(started, now), value));
            started = now;
        }
    }

    /// <summary>Coordinate descent, which is soon done with most data, and Newton's method where it is not.</summary>
    private NewtonResult Hinge(LinearProblem problem, double[] point, Action<int, double> report)
    {
        var dual = new HingeDual(problem, _options.L2, _options.Seed);
        NewtonResult quick = dual.Minimize(point, _options.ToleranceInUse, Math.Min(HingeDualPasses, _options.MaxIterations), report);
        if (quick.Converged || quick.Iterations >= _options.MaxIterations)
        {
            return quick;
        }

        // With columns of very different size, the start may be worse than none.
        double[] shares = new double[problem.Rows];
        if (quick.Value < problem.Costs.Sum())
        {
            dual.CopyShares(shares);
        }
        else
        {
            Array.Clear(point);
        }

        return new HingeNewton(problem, _options.L2).Minimize(point, shares, quick.Iterations, _options.ToleranceInUse, _options.MaxIterations, report);
    }

    private NewtonResult Smooth<TLoss>(LinearProblem problem, double[] point, Action<int, double> report)
        where TLoss : struct, ILossFunction
    {
        var objective = new LossObjective<TLoss>(problem, _options.L2);
        if (_options.L1 > 0)
        {
            return new ProximalNewton<TLoss>(problem, objective, _options.L1, _options.Seed).Minimize(point, _options.ToleranceInUse, _options.MaxIterations, report);
        }

        bool mayDiverge = _options.Loss == LinearLoss.Logistic && _options.L2 == 0;
        Span<double> start = point;
        if (problem.HasIntercept)
        {
            start[^1] = InterceptAlone(problem);
        }

        StandardCoordinates coordinates = StandardCoordinates.For(problem, objective, start);
        coordinates.FromRaw(start, start);
        var standardized = new StandardizedObjective<TLoss>(coordinates, objective);
        double norm = ReferenceNorm(problem, standardized, start);
        NewtonResult result = new TrustRegionNewton(standardized).Minimize(point, norm, _options.ToleranceInUse, _options.MaxIterations, (iteration, value) =>
        {
            report(iteration, value);
            if (mayDiverge && Separates(objective.Scores, problem.Targets))
            {
                Throw.Separable();
            }
        });
        coordinates.ToRaw(point, point);
        return result;
    }

    /// <summary>The best intercept where all weights are 0: for the squared and the squared hinge loss the mean target, for the logistic one the log odds.</summary>
    private double InterceptAlone(LinearProblem problem)
    {
        double total = 0;
        double sum = 0;
        double positives = 0;
        for (int row = 0; row < problem.Rows; row++)
        {
            total += problem.Costs[row];
            sum += problem.Costs[row] * problem.Targets[row];
            positives += problem.Targets[row] > 0 ? problem.Costs[row] : 0;
        }

        double best = _options.Loss == LinearLoss.Logistic ? Math.Log(positives / (total - positives)) : sum / total;
        return double.IsFinite(best) ? best : 0;
    }

    /// <summary>The length of the gradient without weights, at the best intercept: what the features can explain, whatever the labels' middle.</summary>
    private double ReferenceNorm<TLoss>(LinearProblem problem, StandardizedObjective<TLoss> objective, ReadOnlySpan<double> start)
        where TLoss : struct, ILossFunction
    {
        double norm = NormAt(start);

        // Where the features explain nothing, that gradient is the rounding of the one without an intercept.
        return problem.HasIntercept ? Math.Max(norm, RoundingShare / _options.ToleranceInUse * NormAt(new double[start.Length])) : norm;

        double NormAt(ReadOnlySpan<double> at)
        {
            double[] gradient = new double[at.Length];
            objective.Value(at);
            objective.Gradient(at, gradient);
            return DoubleVectors.Norm(gradient);
        }
    }

    private static bool Separates(ReadOnlySpan<double> scores, double[] targets)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            if (scores[row] * targets[row] <= 0)
            {
                return false;
            }
        }

        return true;
    }

    private LinearModel ToModel(ExampleSet examples, LinearProblem problem, double[] point, NewtonResult result)
    {
        if (!double.IsFinite(result.Value) || Array.Exists(point, weight => !(Math.Abs(weight) <= LinearModel.MaxWeight)))
        {
            Throw.NotFinite(_options);
        }

        var weights = new double[problem.ColumnCount];
        for (int column = 0; column < problem.Columns; column++)
        {
            weights[problem.UsedColumns[column]] = point[column];
        }

        // Threads are left out: they change no weight.
        SortedDictionary<string, string> options = new(StringComparer.Ordinal)
        {
            ["cost"] = LinearManifest.Text(_options.Cost),
            ["l1"] = LinearManifest.Text(_options.L1),
            ["l2"] = LinearManifest.Text(_options.L2),
            ["intercept"] = _options.Intercept ? "true" : "false",
            ["positive-weight"] = LinearManifest.Text(_options.PositiveWeight),
            ["negative-weight"] = LinearManifest.Text(_options.NegativeWeight),
            ["tolerance"] = LinearManifest.Text(_options.ToleranceInUse),
            ["max-iterations"] = LinearManifest.Text(_options.MaxIterations),
        };
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["objective"] = result.Value,
            ["iterations"] = result.Iterations,
            ["converged"] = result.Converged ? 1 : 0,
        };
        ModelManifest manifest = LinearManifest.Create("linear", _options.Loss, _options.Seed, options, examples.Fingerprint, metrics);
        return new LinearModel(examples.Schema, _options.Loss, weights, _options.Intercept ? point[^1] : 0, manifest);
    }
}
