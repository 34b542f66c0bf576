namespace PromoRec.Evaluation;

/// <summary>Where one ranking stands in a <see cref="RankingComparison"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mean">Mean of the metric over the customers that all rankings have.</param>
/// <param name="Behind">How far the mean is behind that of the best: 0 or more, and 0 for the best itself.</param>
/// <param name="Low">Lower end of the interval of <paramref name="Behind"/>; 0 for the best.</param>
/// <param name="High">Upper end of the interval of <paramref name="Behind"/>; 0 for the best.</param>
public readonly record struct ComparedRanking(string Name, double Mean, double Behind, double Low, double High)
{
    /// <summary>Whether it is surely worse than the best: the whole interval of the difference is above 0.</summary>
    public bool IsBehind => Low > 0;
}
