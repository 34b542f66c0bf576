using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Finds the neighbours of all rows where similarities rest on products of whole rows.</summary>
/// <remarks>Rows have the labels of <see cref="RowPairs"/>. Any number of threads may find the neighbours of different labels at once, each with candidates of its own.</remarks>
internal sealed class ProductNeighbours
{
    private readonly RowPairs _pairs;
    private readonly TopKLists _lists;
    private readonly KnnRules _rules;
    private readonly double[] _norms;
    private readonly float[] _scales;
    private readonly float[] _unreachable;
    private readonly bool _includeSelf;

    /// <param name="rows">Rows × columns.</param>
    /// <param name="norms">The lengths of the rows; empty where they do not matter.</param>
    /// <param name="rules">How rows are compared.</param>
    /// <param name="neighbours">Most neighbours of a row.</param>
    /// <param name="includeSelf">Whether a row may be its own neighbour.</param>
    /// <param name="threads">Threads to prepare with; what is found does not depend on it.</param>
    public ProductNeighbours(CsrMatrix rows, double[] norms, KnnRules rules, int neighbours, bool includeSelf, int threads)
    {
        _pairs = RowPairs.Create(rows, threads);
        _lists = new TopKLists(rows.Rows, neighbours);
        _rules = rules;
        _norms = norms;
        _scales = Array.ConvertAll(_pairs.Order, ScaleOf);
        _unreachable = new float[_pairs.IsOnce ? 0 : rows.Rows];
        Array.Fill(_unreachable, float.PositiveInfinity);
        _includeSelf = includeSelf;
    }

    public PairCandidates CreateCandidates() => new(_pairs, _rules.CountsTerms);

    /// <summary>Finds out how alike a row and others are, for the row and, where pairs come once, for the others.</summary>
    public void Compare(int label, PairCandidates candidates)
    {
        int row = _pairs.Order[label];
        if (_includeSelf)
        {
            Offer(label, row, SimilarityToSelf(row));
        }

        candidates.Multiply(label);
        float factor = _rules.Similarity == KnnSimilarity.Cosine ? _scales[label] : 1;
        ReadOnlySpan<float> ofOthers = _pairs.IsOnce ? _lists.Thresholds : _unreachable;
        while (candidates.MoveNext(factor, _scales, _lists.Thresholds[label], ofOthers, out ReadOnlySpan<(int Label, float Sum, int Terms)> found))
        {
            foreach ((int other, float sum, int terms) in found)
            {
                if (other == label)
                {
                    continue;
                }

                float similarity = SimilarityOf(row, _pairs.Order[other], sum, terms);
                Offer(label, _pairs.Order[other], similarity);
                if (_pairs.IsOnce)
                {
                    Offer(other, row, similarity);
                }
            }
        }
    }

    /// <summary>The neighbours of a label's row, by row, once all labels are compared.</summary>
    /// <param name="label">The label.</param>
    /// <param name="row">Its row.</param>
    public ScoredRow[] NeighboursOf(int label, out int row)
    {
        row = _pairs.Order[label];
        return _lists.KeptOf(label);
    }

    private void Offer(int label, int row, float similarity)
    {
        if (similarity > 0)
        {
            _lists.Add(label, new ScoredRow(row, similarity));
        }
    }

    private float SimilarityToSelf(int row)
    {
        float sum = 0;
        foreach (float value in _pairs.Rows.ValuesOf(row))
        {
            sum = MathF.FusedMultiplyAdd(value, value, sum);
        }

        return SimilarityOf(row, row, sum, _pairs.Rows.RowLength(row));
    }

    private float SimilarityOf(int row, int other, float sum, int terms) =>
        _norms.Length > 0
            ? _rules.OfProduct(sum, terms, _norms[row], _norms[other], 0, 0)
            : _rules.OfProduct(sum, terms, 0, 0, _pairs.Rows.RowLength(row), _pairs.Rows.RowLength(other));

    /// <summary>What makes of a sum a bound on the similarity: the rest of the formula, or for Jaccard, that what either has is at least what the one with more has.</summary>
    private float ScaleOf(int row)
    {
        double divisor = _rules.Similarity switch
        {
            KnnSimilarity.Cosine => _norms[row],
            KnnSimilarity.Jaccard => _pairs.Rows.RowLength(row),
            _ => 1,
        };
        return divisor > 0 ? (float)Math.Min(1 / divisor, float.MaxValue) : 0;
    }
}
