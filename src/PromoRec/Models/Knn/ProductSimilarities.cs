using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Similarities that rest on products of whole rows: cosine, dot product and Jaccard.</summary>
/// <param name="rows">Rows × columns.</param>
/// <param name="columns">The same matrix by columns.</param>
/// <param name="norms">The lengths of the rows; empty where they do not matter.</param>
/// <param name="rules">How.</param>
internal sealed class ProductSimilarities(CsrMatrix rows, CsrMatrix columns, double[] norms, KnnRules rules) : ISimilarities
{
    private readonly SparseProduct _product = new(columns);
    private double _norm;
    private int _count;

    public ReadOnlySpan<int> Compare(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        _norm = rules.Similarity == KnnSimilarity.Cosine ? NormOf(values) : 0;
        _count = columns.Length;
        return _product.Multiply(columns, values);
    }

    public float With(int other) => rules.OfProduct(
        _product.SumOf(other), _product.TermsOf(other), _norm, norms.Length > 0 ? norms[other] : 0, _count, rows.RowLength(other));

    public static double[] NormsOf(CsrMatrix rows)
    {
        var norms = new double[rows.Rows];
        for (int row = 0; row < norms.Length; row++)
        {
            norms[row] = NormOf(rows.ValuesOf(row));
        }

        return norms;
    }

    private static double NormOf(ReadOnlySpan<float> values) => Math.Sqrt(Magnitude.SquareOf(values));
}
