using PromoRec.Training.ImplicitAls;

namespace PromoRec.Tests.Training;

/// <summary>Implicit ALS written out over every pair in double precision: slow, and plainly the equation.</summary>
internal sealed class DenseAls(double[,] values, ImplicitAlsOptions options)
{
    private int Users => values.GetLength(0);

    private int Items => values.GetLength(1);

    public double Loss(double[,] x, double[,] y)
    {
        double loss = 0;
        for (int u = 0; u < Users; u++)
        {
            for (int i = 0; i < Items; i++)
            {
                double score = Score(x, u, y, i);
                if (values[u, i] != 0)
                {
                    double error = Preference(values[u, i]) - score;
                    loss += Confidence(values[u, i]) * error * error;
                }

                if (values[u, i] == 0 || options.UnobservedOver == UnobservedPairs.All)
                {
                    loss += options.UnobservedWeight * score * score;
                }
            }
        }

        for (int u = 0; u < Users; u++)
        {
            loss += UserRegularization(u) * Score(x, u, x, u);
        }

        for (int i = 0; i < Items; i++)
        {
            loss += ItemRegularization(i) * Score(y, i, y, i);
        }

        return loss;
    }

    /// <summary>The user's factors that minimise the loss while the items stay.</summary>
    public double[] SolveUser(int u, double[,] y)
    {
        int k = y.GetLength(1);
        var a = new double[k, k];
        var b = new double[k];
        for (int i = 0; i < Items; i++)
        {
            bool observed = values[u, i] != 0;
            double weight = (observed ? Confidence(values[u, i]) : 0) + (!observed || options.UnobservedOver == UnobservedPairs.All ? options.UnobservedWeight : 0);
            double linear = observed ? Confidence(values[u, i]) * Preference(values[u, i]) : 0;
            for (int f = 0; f < k; f++)
            {
                b[f] += linear * y[i, f];
                for (int g = 0; g < k; g++)
                {
                    a[f, g] += weight * y[i, f] * y[i, g];
                }
            }
        }

        for (int f = 0; f < k; f++)
        {
            a[f, f] += UserRegularization(u);
        }

        return Gauss(a, b);
    }

    private double Confidence(double value) => (options.AddOneToConfidence ? 1 : 0) + (options.Alpha * Math.Abs(value));

    private static double Preference(double value) => value > 0 ? 1 : 0;

    private double UserRegularization(int u) =>
        options.Regularization * Math.Pow(Enumerable.Range(0, Items).Count(i => values[u, i] != 0) + (options.UnobservedWeight * Items), options.RegularizationExponent);

    private double ItemRegularization(int i) =>
        options.Regularization * Math.Pow(Enumerable.Range(0, Users).Count(u => values[u, i] != 0) + (options.UnobservedWeight * Users), options.RegularizationExponent);

    private static double Score(double[,] x, int row, double[,] y, int other)
    {
        double sum = 0;
        for (int f = 0; f < x.GetLength(1); f++)
        {
            sum += x[row, f] * y[other, f];
        }

        return sum;
    }

    /// <summary>Gaussian elimination with partial pivoting.</summary>
    private static double[] Gauss(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (int j = 0; j < n; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            }

            (b[column], b[pivot]) = (b[pivot], b[column]);
            for (int row = column + 1; row < n; row++)
            {
                double factor = a[row, column] / a[column, column];
                for (int j = column; j < n; j++)
                {
                    a[row, j] -= factor * a[column, j];
                }

                b[row] -= factor * b[column];
            }
        }

        for (int row = n - 1; row >= 0; row--)
        {
            for (int j = row + 1; j < n; j++)
            {
                b[row] -= a[row, j] * b[j];
            }

            b[row] /= a[row, row];
        }

        return b;
    }
}
