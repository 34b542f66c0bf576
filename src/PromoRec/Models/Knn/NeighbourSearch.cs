using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Finds the rows of a matrix that are most like a row. Immutable; each thread needs similarities of its own.</summary>
internal sealed class NeighbourSearch
{
    /// <summary>Stands for a new row itself among its neighbours.</summary>
    public const int Self = -1;

    private readonly KnnTransform _transform;
    private readonly CsrMatrix _rows;
    private readonly Lazy<CsrMatrix> _columns;
    private readonly double[] _norms;
    private readonly KnnRules _rules;
    private readonly int _most;

    /// <param name="byRow">Compared rows × the other side, before any weighting.</param>
    /// <param name="rules">How they are compared.</param>
    /// <param name="neighbours">Most neighbours of a row.</param>
    public NeighbourSearch(CsrMatrix byRow, KnnRules rules, int neighbours)
    {
        _rules = rules;
        _transform = new KnnTransform(byRow, rules);
        _rows = _transform.Of(byRow);
        _columns = new Lazy<CsrMatrix>(_rows.Transpose);
        _norms = rules.Similarity == KnnSimilarity.Cosine ? ProductSimilarities.NormsOf(_rows) : [];
        _most = neighbours;
        Neighbours = Math.Min(neighbours, byRow.Rows);
        LargestProduct = rules.Similarity is KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine ? Magnitude.Largest(_rows.AllValues) : Magnitude.LargestSquare(_rows);
    }

    /// <summary>Most neighbours of a row.</summary>
    public int Neighbours { get; }

    /// <summary>What nothing that is added up in single precision exceeds when rows are compared; above what single precision holds where they cannot be.</summary>
    public double LargestProduct { get; }

    public ISimilarities CreateSimilarities() => Similarities(_rows, _columns.Value, _norms);

    /// <summary>Finds the neighbours of all rows, where that is less work together; null where it is not.</summary>
    /// <param name="includeSelf">Whether a row may be its own neighbour.</param>
    /// <param name="threads">Threads to prepare with.</param>
    public ProductNeighbours? Together(bool includeSelf, int threads) => _rules.Similarity is KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine
        ? null
        : new ProductNeighbours(_rows, _norms, _rules, Neighbours, includeSelf, threads);

    /// <summary>The neighbours of a row of the matrix.</summary>
    /// <param name="row">The row.</param>
    /// <param name="includeSelf">Whether it may be its own neighbour.</param>
    /// <param name="similarities">Compares.</param>
    /// <param name="buffer">As long as <see cref="Neighbours"/>; takes the neighbours, by row.</param>
    /// <returns>How many there are.</returns>
    public int Find(int row, bool includeSelf, ISimilarities similarities, Span<ScoredRow> buffer) =>
        Find(_rows.ColumnsOf(row), _rows.ValuesOf(row), includeSelf ? -1 : row, similarities, buffer);

    /// <summary>The neighbours, by row, of a row that the matrix does not have.</summary>
    /// <param name="columns">Its columns, ascending.</param>
    /// <param name="values">Its values, before any weighting.</param>
    /// <param name="includeSelf">Whether it may be its own neighbour, with <see cref="Self"/> for its row.</param>
    /// <returns>Null where the values are too large to be compared in single precision.</returns>
    public ScoredRow[]? FindNew(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, bool includeSelf)
    {
        var newColumns = new int[columns.Length];
        var newValues = new float[columns.Length];
        int count = _transform.Of(columns, values, newColumns, newValues);
        if (!IsComparable(Magnitude.SquareOf(newValues.AsSpan(0, count))))
        {
            return null;
        }

        var buffer = new ScoredRow[Math.Min(_most, _rows.Rows + (includeSelf ? 1 : 0))];
        float own = includeSelf ? LikenessToSelf(newColumns.AsMemory(0, count), newValues.AsMemory(0, count)) : 0;
        return buffer[..Find(newColumns.AsSpan(0, count), newValues.AsSpan(0, count), except: -1, CreateSimilarities(), buffer, own)];
    }

    /// <summary>What the rules say of a row and itself, as of two rows.</summary>
    private float LikenessToSelf(ReadOnlyMemory<int> columns, ReadOnlyMemory<float> values)
    {
        var alone = new CsrMatrix(_rows.Columns, new long[] { 0, columns.Length }, columns.ToArray(), values.ToArray());
        ISimilarities similarities = Similarities(alone, alone.Transpose(), _rules.Similarity == KnnSimilarity.Cosine ? ProductSimilarities.NormsOf(alone) : []);
        return similarities.Compare(columns.Span, values.Span).IsEmpty ? 0 : similarities.With(0);
    }

    private ISimilarities Similarities(CsrMatrix rows, CsrMatrix columns, double[] norms) => _rules.Similarity is KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine
        ? new CommonSimilarities(columns, _rules)
        : new ProductSimilarities(rows, columns, norms, _rules);

    /// <summary>Whether products of a row with those of the matrix are finite. Similarities of common values are added up in double, where all are.</summary>
    private bool IsComparable(double square) => _rules.Similarity is KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine
        ? double.IsFinite(square)
        : Math.Sqrt(square) * Math.Sqrt(LargestProduct) <= float.MaxValue;

    private static int Find(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int except, ISimilarities similarities, Span<ScoredRow> buffer, float own = 0)
    {
        var top = new TopK(buffer);
        if (own > 0)
        {
            top.Add(Self, own);
        }

        foreach (int other in similarities.Compare(columns, values))
        {
            float similarity = similarities.With(other);
            if (similarity > 0 && other != except)
            {
                top.Add(other, similarity);
            }
        }

        int count = top.Finish();
        buffer[..count].Sort((left, right) => left.Row.CompareTo(right.Row));
        return count;
    }
}
