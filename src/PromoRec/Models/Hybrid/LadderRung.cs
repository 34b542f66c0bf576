namespace PromoRec.Models.Hybrid;

/// <summary>One rung of the ladder on which a hybrid stands: a kind of knowledge, and whether it may answer.</summary>
/// <param name="Tier">The kind of knowledge.</param>
/// <param name="Name">The member that was best of its kind; the kind's own name for popularity of the data, and for the hybrid.</param>
/// <param name="Value">How well it ranked what customers took later: the mean of the metric over customers, on a split by time.</param>
/// <param name="Lead">By how much it led the rung below that serves, the mean over the same customers; 0 for the lowest.</param>
/// <param name="Serves">Whether it may answer: the lowest rung always, another one if it led.</param>
public sealed record LadderRung(RankTier Tier, string Name, double Value, double Lead, bool Serves)
{
    /// <summary>Whether it is the popularity of the hybrid's own data, whatever its members are called. False unless set: then the member that has the name stands for it, and the data where there is none of that name.</summary>
    public bool IsOfData { get; init; }
}
