using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Similarities that rest on products of whole rows: cosine, dot product and Jaccard.</summary>
internal sealed class ProductSimilarities : ISimilarities
{
    private readonly SparseProduct _product;
    private readonly CsrMatrix _rows;
    private readonly KnnOptions _options;
    private readonly double[] _norms;
    private int _row;

    public ProductSimilarities(CsrMatrix rows, CsrMatrix columns, KnnOptions options)
    {
        _product = new SparseProduct(rows, columns);
        _rows = rows;
        _options = options;
        _norms = options.Similarity == KnnSimilarity.Cosine ? NormsOf(rows) : [];
    }

    public ReadOnlySpan<int> Compare(int row)
    {
        _row = row;
        return _product.Multiply(row);
    }

    public float With(int other)
    {
        int common = _product.TermsOf(other);
        if (common < _options.MinOverlap)
        {
            return 0;
        }

        double similarity = _options.Similarity switch
        {
            KnnSimilarity.Cosine => _norms[_row] > 0 && _norms[other] > 0 ? _product.SumOf(other) / (_norms[_row] * _norms[other]) : 0,
            KnnSimilarity.Jaccard => common / (double)(_rows.RowLength(_row) + _rows.RowLength(other) - common),
            _ => _product.SumOf(other),
        };
        return (float)(_options.Shrinkage > 0 ? similarity * common / (common + _options.Shrinkage) : similarity);
    }

    private static double[] NormsOf(CsrMatrix rows)
    {
        var norms = new double[rows.Rows];
        for (int row = 0; row < norms.Length; row++)
        {
            double sum = 0;
            foreach (float value in rows.ValuesOf(row))
            {
                sum += (double)value * value;
            }

            norms[row] = Math.Sqrt(sum);
        }

        return norms;
    }
}
