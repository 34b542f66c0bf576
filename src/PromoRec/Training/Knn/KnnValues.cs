using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Makes of what customers did the values whose rows are compared.</summary>
internal static class KnnValues
{
    /// <param name="byRow">Compared rows × the other side: items × customers to compare items.</param>
    /// <param name="options">How.</param>
    public static CsrMatrix Of(CsrMatrix byRow, KnnOptions options) => (options.Similarity, options.Weighting) switch
    {
        (KnnSimilarity.Jaccard, _) or (_, KnnWeighting.Binary) => Binary(byRow),
        (KnnSimilarity.AdjustedCosine, _) => Centred(byRow),
        (_, KnnWeighting.TfIdf) => TfIdf(byRow),
        (_, KnnWeighting.Bm25) => Bm25(byRow, options.Bm25Saturation, options.Bm25LengthWeight),
        _ => byRow,
    };

    /// <summary>Ones where there is something above zero.</summary>
    public static CsrMatrix Binary(CsrMatrix matrix)
    {
        var offsets = new long[matrix.Rows + 1];
        List<int> columns = new(matrix.Count);
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<float> values = matrix.ValuesOf(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] > 0)
                {
                    columns.Add(matrix.ColumnsOf(row)[i]);
                }
            }

            offsets[row + 1] = columns.Count;
        }

        float[] ones = new float[columns.Count];
        Array.Fill(ones, 1f);
        return new CsrMatrix(matrix.Columns, offsets, columns.ToArray(), ones);
    }

    private static CsrMatrix Centred(CsrMatrix byRow)
    {
        var sums = new double[byRow.Columns];
        var counts = new int[byRow.Columns];
        for (int i = 0; i < byRow.Count; i++)
        {
            sums[byRow.AllColumns[i]] += byRow.AllValues[i];
            counts[byRow.AllColumns[i]]++;
        }

        return Map(byRow, (_, column, value) => (float)(value - (sums[column] / counts[column])));
    }

    private static CsrMatrix TfIdf(CsrMatrix byRow)
    {
        double[] rarity = RarityOf(byRow);
        return Map(byRow, (_, column, value) => value > 0 ? (float)(Math.Sqrt(value) * rarity[column]) : 0);
    }

    private static CsrMatrix Bm25(CsrMatrix byRow, double saturation, double lengthWeight)
    {
        double[] rarity = RarityOf(byRow);
        var lengths = new double[byRow.Rows];
        for (int row = 0; row < lengths.Length; row++)
        {
            foreach (float value in byRow.ValuesOf(row))
            {
                lengths[row] += Math.Max(0, value);
            }
        }

        double mean = Math.Max(double.Epsilon, lengths.Sum() / Math.Max(1, lengths.Length));
        return Map(byRow, (row, column, value) =>
        {
            double weight = value * (saturation + 1) / ((saturation * (1 - lengthWeight + (lengthWeight * lengths[row] / mean))) + value);
            return value > 0 ? (float)(weight * rarity[column]) : 0;
        });
    }

    /// <summary>ln(N / (1 + n)) for each column that n of N rows have; 0 for one that all have.</summary>
    private static double[] RarityOf(CsrMatrix byRow)
    {
        var counts = new int[byRow.Columns];
        foreach (int column in byRow.AllColumns)
        {
            counts[column]++;
        }

        return Array.ConvertAll(counts, count => Math.Max(0, Math.Log(byRow.Rows / (1.0 + count))));
    }

    private static CsrMatrix Map(CsrMatrix matrix, Func<int, int, float, float> map)
    {
        var values = new float[matrix.Count];
        for (int row = 0; row < matrix.Rows; row++)
        {
            int first = (int)matrix.Offsets[row];
            ReadOnlySpan<int> columns = matrix.ColumnsOf(row);
            for (int i = 0; i < columns.Length; i++)
            {
                values[first + i] = map(row, columns[i], matrix.AllValues[first + i]);
            }
        }

        return new CsrMatrix(matrix.Columns, matrix.Offsets.ToArray(), matrix.AllColumns.ToArray(), values);
    }
}
