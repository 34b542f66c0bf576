using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Makes of what customers did the values whose rows are compared; of rows that it was made from, and of new ones.</summary>
internal sealed class KnnTransform
{
    private readonly KnnRules _rules;
    private readonly double[] _ofColumns;
    private readonly double _meanLength;

    /// <param name="byRow">Compared rows × the other side: items × customers to compare items.</param>
    /// <param name="rules">How.</param>
    public KnnTransform(CsrMatrix byRow, KnnRules rules)
    {
        _rules = rules;
        _ofColumns = rules.Similarity == KnnSimilarity.AdjustedCosine ? MeansOf(byRow)
            : rules.Weighting is KnnWeighting.TfIdf or KnnWeighting.Bm25 ? RarityOf(byRow)
            : [];
        _meanLength = rules.Weighting == KnnWeighting.Bm25 ? MeanLengthOf(byRow) : 0;
    }

    private bool OnlyPositive => _rules.Similarity == KnnSimilarity.Jaccard || _rules.Weighting != KnnWeighting.None;

    /// <summary>The matrix with the values that are compared.</summary>
    public CsrMatrix Of(CsrMatrix byRow)
    {
        if (!OnlyPositive && _rules.Similarity != KnnSimilarity.AdjustedCosine)
        {
            return byRow;
        }

        var offsets = new long[byRow.Rows + 1];
        var columns = new int[byRow.Count];
        var values = new float[byRow.Count];
        for (int row = 0, at = 0; row < byRow.Rows; row++)
        {
            at += Of(byRow.ColumnsOf(row), byRow.ValuesOf(row), columns.AsSpan(at), values.AsSpan(at));
            offsets[row + 1] = at;
        }

        int count = (int)offsets[^1];
        return new CsrMatrix(byRow.Columns, offsets, columns.AsMemory(0, count), values.AsMemory(0, count));
    }

    /// <summary>A row with the values that are compared.</summary>
    /// <param name="columns">Its columns, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <param name="newColumns">Takes the columns that are compared.</param>
    /// <param name="newValues">Takes their values.</param>
    /// <returns>How many there are.</returns>
    public int Of(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> newColumns, Span<float> newValues)
    {
        double length = _rules.Weighting == KnnWeighting.Bm25 ? LengthOf(values) / _meanLength : 0;
        int count = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            if (values[i] > 0 || !OnlyPositive)
            {
                newColumns[count] = columns[i];
                newValues[count++] = (float)Of(columns[i], values[i], length);
            }
        }

        return count;
    }

    private double Of(int column, double value, double length) => (_rules.Similarity, _rules.Weighting) switch
    {
        (KnnSimilarity.Jaccard, _) or (_, KnnWeighting.Binary) => 1,
        (KnnSimilarity.AdjustedCosine, _) => value - _ofColumns[column],
        (_, KnnWeighting.TfIdf) => Math.Sqrt(value) * _ofColumns[column],
        (_, KnnWeighting.Bm25) => value * (_rules.Bm25Saturation + 1) / ((_rules.Bm25Saturation * (1 - _rules.Bm25LengthWeight + (_rules.Bm25LengthWeight * length))) + value) * _ofColumns[column],
        _ => value,
    };

    private static double LengthOf(ReadOnlySpan<float> values)
    {
        double length = 0;
        foreach (float value in values)
        {
            length += Math.Max(0, value);
        }

        return length;
    }

    private static double MeanLengthOf(CsrMatrix byRow)
    {
        double mean = LengthOf(byRow.AllValues) / Math.Max(1, byRow.Rows);
        return mean > 0 ? mean : 1;
    }

    /// <summary>ln(N / (1 + n)) for each column that n of N rows have above zero; 0 for one that all have.</summary>
    private static double[] RarityOf(CsrMatrix byRow)
    {
        var counts = new int[byRow.Columns];
        for (int i = 0; i < byRow.Count; i++)
        {
            counts[byRow.AllColumns[i]] += byRow.AllValues[i] > 0 ? 1 : 0;
        }

        return Array.ConvertAll(counts, count => Math.Max(0, Math.Log(byRow.Rows / (1.0 + count))));
    }

    private static double[] MeansOf(CsrMatrix byRow)
    {
        var means = new double[byRow.Columns];
        var counts = new int[byRow.Columns];
        for (int i = 0; i < byRow.Count; i++)
        {
            means[byRow.AllColumns[i]] += byRow.AllValues[i];
            counts[byRow.AllColumns[i]]++;
        }

        for (int column = 0; column < means.Length; column++)
        {
            means[column] /= Math.Max(1, counts[column]);
        }

        return means;
    }
}
