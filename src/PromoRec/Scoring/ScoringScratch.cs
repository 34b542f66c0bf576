using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The working memory of scorers, kept by its thread so that the next request allocates nothing.</summary>
internal sealed class ScoringScratch
{
    private float[] _ofSets = [];
    private ScoredRow[] _bestSets = [];

    /// <summary>Sums over items, or whatever a scorer goes by.</summary>
    public SparseAccumulator Features { get; } = new();

    /// <summary>Finds the best of many vectors.</summary>
    public InnerProductSearch Search { get; } = new();

    public int[] PastRows { get; } = new int[PastItems.Capacity];

    public float[] PastValues { get; } = new float[PastItems.Capacity];

    public ScoredRow[] StrongestPast { get; } = new ScoredRow[PastItems.Capacity];

    /// <summary>Room for a value of every target set.</summary>
    public Span<float> OfSets(int count)
    {
        if (_ofSets.Length < count)
        {
            _ofSets = new float[count];
        }

        return _ofSets.AsSpan(0, count);
    }

    /// <summary>Room for the best target sets.</summary>
    public Span<ScoredRow> BestSets(int count)
    {
        if (_bestSets.Length < count)
        {
            _bestSets = new ScoredRow[count];
        }

        return _bestSets.AsSpan(0, count);
    }
}
