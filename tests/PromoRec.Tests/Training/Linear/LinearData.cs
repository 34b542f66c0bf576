using System.Globalization;
using System.IO.Compression;
using PromoRec.Datasets.Features;
using PromoRec.Numerics;

namespace PromoRec.Tests.Training.Linear;

/// <summary>Example sets for the tests of linear models.</summary>
internal static class LinearData
{
    /// <summary>A schema of numbers named f1, f2, ….</summary>
    public static FeatureSchema Numbers(int columns)
    {
        var builder = new FeatureSchemaBuilder();
        for (int column = 1; column <= columns; column++)
        {
            builder.AddNumber(string.Create(CultureInfo.InvariantCulture, $"f{column}"));
        }

        return builder.Build();
    }

    /// <summary>A dense matrix with labels, and weights that are 1 unless given.</summary>
    public static ExampleSet Dense(double[,] features, double[] labels, double[]? weights = null)
    {
        var builder = new ExampleSetBuilder(Numbers(features.GetLength(1)));
        for (int row = 0; row < labels.Length; row++)
        {
            List<int> columns = [];
            List<float> values = [];
            for (int column = 0; column < features.GetLength(1); column++)
            {
                if (features[row, column] != 0)
                {
                    columns.Add(column);
                    values.Add((float)features[row, column]);
                }
            }

            builder.Add([.. columns], [.. values], labels[row], weights?[row] ?? 1);
        }

        return builder.Build();
    }

    /// <summary>Sparse features that say something about the labels, but not everything. Every value is exact in single precision.</summary>
    public static ExampleSet Random(int rows, int columns, double density, ulong seed, bool regression = false, bool weighted = false)
    {
        var random = new SeededRandom(seed);
        var truth = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            truth[column] = random.NextGaussian();
        }

        var builder = new ExampleSetBuilder(Numbers(columns));
        for (int row = 0; row < rows; row++)
        {
            List<int> at = [];
            List<float> values = [];
            double score = 0.5;
            for (int column = 0; column < columns; column++)
            {
                if (random.NextDouble() < density)
                {
                    float value = (float)random.NextGaussian();
                    at.Add(column);
                    values.Add(value);
                    score += value * truth[column];
                }
            }

            double noisy = score + (2 * random.NextGaussian());
            double label = regression ? noisy : row < 2 ? row : noisy > 0 ? 1 : 0;
            builder.Add([.. at], [.. values], label, weighted ? 0.25 + random.NextDouble() : 1);
        }

        return builder.Build();
    }

    /// <summary>a9a, read in place. Skips the test, visibly, where it is absent.</summary>
    public static ExampleSet A9a(string part)
    {
        var builder = new ExampleSetBuilder(Numbers(123));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TestData.Require($"a9a/{part}.libsvm.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int[] columns = new int[cells.Length - 1];
            float[] values = new float[cells.Length - 1];
            for (int i = 1; i < cells.Length; i++)
            {
                string[] pair = cells[i].Split(':');
                columns[i - 1] = int.Parse(pair[0], CultureInfo.InvariantCulture) - 1;
                values[i - 1] = float.Parse(pair[1], CultureInfo.InvariantCulture);
            }

            builder.Add(columns, values, cells[0] == "+1" ? 1 : 0);
        }

        return builder.Build();
    }
}
