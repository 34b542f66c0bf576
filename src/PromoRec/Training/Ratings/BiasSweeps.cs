using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>Fits biases by alternating least squares.</summary>
/// <remarks>
/// Minimises Σ (r − μ − bᵤ − bᵢ)² + λᵤ Σ bᵤ² + λᵢ Σ bᵢ², one side at a time: see <see cref="RatingBiases.Solve"/>. Rows of a side do not depend on each other, so the number of
/// threads changes no bit.
/// </remarks>
internal sealed class BiasSweeps(InteractionDataset dataset, double mean, BaselineOptions options, int threads)
{
    private const int RowsAtOnce = 1024;

    /// <summary>The biases so far.</summary>
    public RatingBiases Biases { get; } = new(mean, new double[dataset.UserCount], new double[dataset.ItemCount]);

    /// <summary>Biases after all sweeps.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RatingBiases Fit(InteractionDataset dataset, double mean, BaselineOptions options, int threads, CancellationToken cancellationToken)
    {
        BiasSweeps sweeps = new(dataset, mean, options, threads);
        for (int sweep = 0; sweep < options.Sweeps; sweep++)
        {
            sweeps.Sweep(cancellationToken);
        }

        return sweeps.Biases;
    }

    /// <summary>Solves items, then customers.</summary>
    public void Sweep(CancellationToken cancellationToken)
    {
        Solve(dataset.ByItem, options.ItemRegularization, Biases.Users, Biases.Items, cancellationToken);
        Solve(dataset.ByUser, options.UserRegularization, Biases.Items, Biases.Users, cancellationToken);
    }

    private void Solve(CsrMatrix byRow, double regularization, double[] others, double[] solved, CancellationToken cancellationToken) => Workers.Run(
        (byRow.Rows + RowsAtOnce - 1) / RowsAtOnce,
        threads,
        () => batch =>
        {
            for (int row = batch * RowsAtOnce; row < Math.Min(byRow.Rows, (batch + 1) * RowsAtOnce); row++)
            {
                solved[row] = Biases.Solve(byRow.ColumnsOf(row), byRow.ValuesOf(row), regularization, others);
            }
        },
        cancellationToken);
}
