namespace PromoRec.Tests.Numerics;

/// <summary>Solves dense systems in double precision, by elimination with pivoting.</summary>
internal static class DenseSolver
{
    public static double[] Solve(ReadOnlySpan<float> a, int n, int stride, ReadOnlySpan<float> b)
    {
        var rows = new double[n][];
        for (int i = 0; i < n; i++)
        {
            rows[i] = new double[n + 1];
            for (int k = 0; k < n; k++)
            {
                rows[i][k] = a[(i * stride) + k];
            }

            rows[i][n] = b[i];
        }

        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (int row = column + 1; row < n; row++)
            {
                double factor = rows[row][column] / rows[column][column];
                for (int k = column; k <= n; k++)
                {
                    rows[row][k] -= factor * rows[column][k];
                }
            }
        }

        var x = new double[n];
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = rows[i][n];
            for (int k = i + 1; k < n; k++)
            {
                sum -= rows[i][k] * x[k];
            }

            x[i] = sum / rows[i][i];
        }

        return x;
    }
}
