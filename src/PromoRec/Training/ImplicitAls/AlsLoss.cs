using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>The objective of implicit ALS, summed in double precision.</summary>
/// <remarks>
/// The sum over all pairs is never walked: Σ (x·y)² = ⟨XᵀX, YᵀY⟩. Blocks of rows are summed each by itself and then in order, so the value
/// does not depend on the number of threads. Cost: O(observed · k + rows · k²).
/// </remarks>
internal static class AlsLoss
{
    private const int BlockRows = 1024;

    public static double Compute(CsrMatrix byUser, CsrMatrix byItem, FactorMatrix users, FactorMatrix items, ImplicitObjective objective, int threads, CancellationToken cancellationToken)
    {
        double allPairs = InnerProduct(GramMatrix.Compute(users, threads, cancellationToken), GramMatrix.Compute(items, threads, cancellationToken));
        var blocks = new double[(byUser.Rows + BlockRows - 1) / BlockRows];
        Workers.Run(blocks.Length, threads, () => block => blocks[block] = Observed(byUser, users, items, objective, block), cancellationToken);

        return (objective.UnobservedWeight * allPairs) + blocks.Sum() + SquaredNorms(byUser, users, objective) + SquaredNorms(byItem, items, objective);
    }

    /// <summary>Over the observed pairs of a block of users: Σ c (p − x·y)², less w₀ (x·y)² where w₀ is for the unobserved only.</summary>
    private static double Observed(CsrMatrix byUser, FactorMatrix users, FactorMatrix items, ImplicitObjective objective, int block)
    {
        double sum = 0;
        for (int user = block * BlockRows; user < Math.Min(byUser.Rows, (block + 1) * BlockRows); user++)
        {
            ReadOnlySpan<int> columns = byUser.ColumnsOf(user);
            ReadOnlySpan<float> values = byUser.ValuesOf(user);
            for (int j = 0; j < columns.Length; j++)
            {
                double score = VectorMath.Dot(users.Row(user), items.Row(columns[j]));
                double error = (values[j] > 0 ? 1 : 0) - score;
                sum += (objective.Confidence(values[j]) * error * error) - (objective.UnobservedOverRest ? objective.UnobservedWeight * score * score : 0);
            }
        }

        return sum;
    }

    private static double SquaredNorms(CsrMatrix observed, FactorMatrix rows, ImplicitObjective objective)
    {
        double sum = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            sum += objective.RowRegularization(observed.RowLength(row), observed.Columns) * VectorMath.SquaredNorm(rows.Row(row));
        }

        return sum;
    }

    private static double InnerProduct(FactorMatrix left, FactorMatrix right)
    {
        ReadOnlySpan<float> x = left.Data;
        ReadOnlySpan<float> y = right.Data;
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (double)x[i] * y[i];
        }

        return sum;
    }
}
