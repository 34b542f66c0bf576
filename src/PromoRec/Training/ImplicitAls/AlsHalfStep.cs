using System.Numerics.Tensors;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Solves every row of one side of implicit ALS while the other side stays fixed.</summary>
/// <remarks>
/// Shapes: interactions m × n, fixed side n × k, solved side m × k, overwritten. Rows are independent of each other,
/// so the result does not depend on how many threads run it.
/// </remarks>
internal sealed class AlsHalfStep(CsrMatrix interactions, FactorMatrix fixedSide, FactorMatrix solvedSide, ImplicitObjective objective, ImplicitAlsOptions options)
{
    private readonly RowSchedule _schedule = new(interactions);
    private readonly int _threads = Threads.Resolve(options.Threads);

    /// <exception cref="TrainingException">A row's matrix is not positive definite, or a factor is not finite.</exception>
    public void Solve(CancellationToken cancellationToken)
    {
        FactorMatrix gram = GramMatrix.Compute(fixedSide, _threads, cancellationToken);
        TensorPrimitives.Multiply(gram.Data, (float)objective.UnobservedWeight, gram.Data);
        Workers.Run(_schedule.BatchCount, _threads, options.Solver == AlsSolver.Cholesky ? ExactWorker(gram) : ConjugateGradientWorker(gram), cancellationToken);
        if (!TensorPrimitives.IsFiniteAll<float>(solvedSide.Data))
        {
            Throw.NotFinite(options);
        }
    }

    private Func<Action<int>> ExactWorker(FactorMatrix gram) => () =>
    {
        var solver = new ExactRowSolver(fixedSide, gram, objective);
        return batch =>
        {
            ReadOnlySpan<int> rows = _schedule.Batch(batch);
            for (int at = 0; at < rows.Length; at++)
            {
                int row = rows[at];
                ReadOnlySpan<int> next = at + 1 < rows.Length ? interactions.ColumnsOf(rows[at + 1]) : [];
                if (!solver.TrySolve(interactions.ColumnsOf(row), interactions.ValuesOf(row), solvedSide.Row(row), next))
                {
                    Throw.NotPositiveDefinite(options);
                }
            }
        };
    };

    private Func<Action<int>> ConjugateGradientWorker(FactorMatrix gram) => () =>
    {
        var solver = new ConjugateGradientRowSolver(interactions, fixedSide, gram, solvedSide, objective, options.ConjugateGradientSteps);
        return batch =>
        {
            if (!solver.TrySolve(_schedule.Batch(batch)))
            {
                Throw.NotFinite(options);
            }
        };
    };
}
