using PromoRec.Numerics;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

/// <summary>The design matrix beside plain loops over the same numbers, with every mixture of hot and cold columns, flags and values.</summary>
public class DesignMatrixTests
{
    public static TheoryData<int, int, double, double> Cases() => new()
    {
        { 50, 7, 0, 0.3 },
        { 50, 7, 1, 0.3 },
        { 50, 0, 0.1, 0.3 },
        { 50, DesignMatrix.MaxHotColumns, 0.1, 0.3 },
        { 5000, 20, 0.01, 0.2 },
        { 9000, 3, 0.5, 0.6 },
        { 1, 1, 0, 0.9 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_are_those_of_plain_loops(int rows, int hotColumns, double shareOfValues, double density)
    {
        CsrMatrix features = Random(rows, columns: 41, shareOfValues, density, out double[][] plain);
        int[] kept = [.. Enumerable.Range(0, rows).Where(row => row % 5 != 4)];
        plain = [.. kept.Select(row => plain[row])];
        var builder = new DesignBuilder(features, kept, leaveOutConstant: true, threads: 2, CancellationToken.None, hotColumns);
        DesignMatrix design = builder.Build();
        int[] used = builder.UsedColumns;
        int[] counts = [.. used.Select(column => plain.Count(row => row[column] != 0))];
        double[] x = Numbers(design.Columns, 1), u = Numbers(kept.Length, 2), weights = Numbers(kept.Length, 3), centers = Numbers(design.Columns, 4);

        Assert.Equal(Enumerable.Range(0, 41).Where(column => plain.Any(row => row[column] != plain[0][column])).Order(), used.Order());
        Assert.Equal(counts.OrderDescending(), counts);
        double[] scores = new double[kept.Length], result = new double[design.Columns], both = new double[design.Columns], squares = new double[design.Columns];
        Assert.Equal(kept.Length, design.Multiply(x, 0.25, scores, (first, end) => end - first));
        double total = design.MultiplyTransposed(u, result);
        double[] made = new double[kept.Length];
        double madeTotal = design.MultiplyBoth(x, 0.25, weights, made, both);
        double positive = design.MultiplyCenteredSquares([.. u.Select(Math.Abs)], centers, squares);
        CsrMatrix byColumn = design.ByColumn();

        Assert.Equal(u.Sum(), total, 1e-10);
        Assert.Equal(u.Sum(Math.Abs), positive, 1e-10);
        Assert.Equal(scores.Zip(weights).Sum(pair => pair.First * pair.Second), madeTotal, 1e-9);
        for (int i = 0; i < kept.Length; i++)
        {
            double[] row = [.. used.Select(column => plain[i][column])];
            double score = row.Zip(x).Sum(pair => pair.First * pair.Second);
            Assert.Equal(score + 0.25, scores[i], 1e-12);
            Assert.Equal(score, design.Dot(i, [.. new double[DesignMatrix.Padding], .. x]), 1e-12);
            Assert.Equal(scores[i] * weights[i], made[i]);
            Assert.Equal(row.Sum(value => value * value), design.SquaredNorm(i), 1e-12);
            double[] sums = new double[DesignMatrix.Padding + design.Columns];
            design.AddScaled(-2, i, sums);
            Assert.Equal(new double[DesignMatrix.Padding].Concat(row.Select(value => -2 * value)), sums);
        }

        for (int label = 0; label < used.Length; label++)
        {
            double[] column = [.. plain.Select(row => row[used[label]])];
            Assert.Equal(column.Zip(u).Sum(pair => pair.First * pair.Second), result[label], 1e-9);
            Assert.Equal(column.Zip(made).Sum(pair => pair.First * pair.Second), both[label], 1e-9);
            Assert.Equal(column.Zip(u).Sum(pair => Math.Abs(pair.Second) * Math.Pow(pair.First - centers[label], 2)), squares[label], 1e-9 * (1 + squares[label]));
            Assert.Equal(Enumerable.Range(0, kept.Length).Where(i => column[i] != 0), byColumn.ColumnsOf(label).ToArray());
            Assert.Equal(column.Where(value => value != 0).Select(value => (float)value), byColumn.ValuesOf(label).ToArray());
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        CsrMatrix features = Random(20_000, columns: 60, shareOfValues: 0.2, density: 0.3, out _);
        int[] rows = [.. Enumerable.Range(0, 20_000)];
        double[] x = Numbers(60, 1), d = Numbers(20_000, 2);
        double[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            DesignMatrix design = new DesignBuilder(features, rows, leaveOutConstant: false, threads, CancellationToken.None, maxHotColumns: 25).Build();
            double[] u = new double[20_000], result = new double[60], squares = new double[60];
            double sum = design.MultiplyBoth(x, 0.5, d, u, result);
            return (double[])[sum, .. u, .. result, design.MultiplyCenteredSquares(d, x, squares), .. squares];
        })];

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static CsrMatrix Random(int rows, int columns, double shareOfValues, double density, out double[][] plain)
    {
        var random = new SeededRandom(9);
        List<long> offsets = [0];
        List<int> stored = [];
        List<float> values = [];
        plain = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            plain[row] = new double[columns];
            bool flags = random.NextDouble() >= shareOfValues;
            for (int column = 0; column < columns; column++)
            {
                // The first column is constant, the last one empty.
                if (column == 0 || (column < columns - 1 && random.NextDouble() < density * (column % 7 + 1) / 4))
                {
                    float value = column == 0 ? 1 : flags ? 1 : (float)(0.1 + random.NextDouble());
                    stored.Add(column);
                    values.Add(value);
                    plain[row][column] = value;
                }
            }

            offsets.Add(stored.Count);
        }

        return new CsrMatrix(columns, offsets.ToArray(), stored.ToArray(), values.ToArray());
    }

    private static double[] Numbers(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = random.NextGaussian();
        }

        return numbers;
    }
}
