namespace PromoRec.Ranking.Reranking;

/// <summary>The smallest and the largest of some values, to scale them to 0 to 1.</summary>
internal struct ValueRange
{
    private double _least;
    private double _most;

    /// <param name="position">0 for the first value.</param>
    /// <param name="value">The value.</param>
    public void Add(int position, double value)
    {
        _least = position == 0 ? value : Math.Min(_least, value);
        _most = position == 0 ? value : Math.Max(_most, value);
    }

    /// <summary>0 for the smallest and 1 for the largest; 0 where all are equal.</summary>
    public readonly double Scaled(double value) => _most > _least ? (value - _least) / (_most - _least) : 0;
}
