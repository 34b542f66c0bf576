using PromoRec.Models.Knn;
using PromoRec.Training.Knn;

namespace PromoRec.Tests.Training.Knn;

/// <summary>Similarities and scores as their formulas say, over whole rows in double.</summary>
internal static class DenseKnn
{
    /// <summary>How alike two rows are, by what the matrix of all rows says of its columns.</summary>
    public static double Similarity(double[,] values, int row, int other, KnnOptions options)
    {
        int columns = values.GetLength(1);
        double[] x = [.. Enumerable.Range(0, columns).Select(column => Weighted(values, row, column, options))];
        double[] y = [.. Enumerable.Range(0, columns).Select(column => Weighted(values, other, column, options))];
        bool looksAtPositive = options.Similarity == KnnSimilarity.Jaccard || options.Weighting != KnnWeighting.None;
        int[] inX = [.. Enumerable.Range(0, columns).Where(column => looksAtPositive ? values[row, column] > 0 : values[row, column] != 0)];
        int[] inY = [.. Enumerable.Range(0, columns).Where(column => looksAtPositive ? values[other, column] > 0 : values[other, column] != 0)];
        int[] common = [.. inX.Intersect(inY)];
        if (common.Length < options.MinOverlap)
        {
            return 0;
        }

        double similarity = options.Similarity switch
        {
            KnnSimilarity.Cosine => Cosine(inX.Union(inY), x, y),
            KnnSimilarity.DotProduct => common.Sum(column => x[column] * y[column]),
            KnnSimilarity.Jaccard => common.Length / (double)inX.Union(inY).Count(),
            KnnSimilarity.AdjustedCosine => Cosine(common, x, y),
            _ => Pearson([.. common.Select(column => x[column])], [.. common.Select(column => y[column])]),
        };
        return similarity * (options.Shrinkage > 0 ? common.Length / (common.Length + options.Shrinkage) : 1);
    }

    /// <summary>The neighbours of a row, by row.</summary>
    public static List<(int Row, double Similarity)> Neighbours(double[,] values, int row, KnnOptions options)
    {
        List<(int Row, double Similarity)> all = [.. Enumerable.Range(0, values.GetLength(0))
            .Where(other => options.IncludeSelf || other != row)
            .Select(other => (other, Similarity(values, row, other, options)))
            .Where(each => each.Item2 > 1e-9)
            .OrderByDescending(each => (float)each.Item2)
            .ThenBy(each => each.other)
            .Take(options.Neighbours)];
        double sum = options.NormalizeWeights ? all.Sum(each => each.Similarity) : 1;
        return [.. all.Select(each => (each.Row, each.Similarity / sum)).OrderBy(each => each.Row)];
    }

    private static double Weighted(double[,] values, int row, int column, KnnOptions options)
    {
        double value = values[row, column];
        int rows = values.GetLength(0);
        double[] ofColumn = [.. Enumerable.Range(0, rows).Select(each => values[each, column])];
        double rarity = Math.Max(0, Math.Log(rows / (1.0 + ofColumn.Count(each => each > 0))));
        double[] lengths = [.. Enumerable.Range(0, rows).Select(each => Enumerable.Range(0, values.GetLength(1)).Sum(at => Math.Max(0, values[each, at])))];
        double k = options.Bm25Saturation, b = options.Bm25LengthWeight;
        return (options.Similarity, options.Weighting) switch
        {
            (KnnSimilarity.AdjustedCosine, _) => value == 0 ? 0 : value - ofColumn.Where(each => each != 0).Average(),
            (KnnSimilarity.Jaccard, _) or (_, KnnWeighting.Binary) => value > 0 ? 1 : 0,
            (_, KnnWeighting.TfIdf) => value > 0 ? Math.Sqrt(value) * rarity : 0,
            (_, KnnWeighting.Bm25) => value > 0 ? value * (k + 1) / ((k * (1 - b + (b * lengths[row] / lengths.Average()))) + value) * rarity : 0,
            _ => value,
        };
    }

    private static double Cosine(IEnumerable<int> columns, double[] x, double[] y)
    {
        int[] all = [.. columns];
        double norms = Math.Sqrt(all.Sum(column => x[column] * x[column]) * all.Sum(column => y[column] * y[column]));
        return norms > 0 ? all.Sum(column => x[column] * y[column]) / norms : 0;
    }

    private static double Pearson(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double norms = Math.Sqrt(x.Sum(each => (each - mx) * (each - mx)) * y.Sum(each => (each - my) * (each - my)));
        return norms > 1e-9 ? x.Zip(y).Sum(each => (each.First - mx) * (each.Second - my)) / norms : 0;
    }
}
