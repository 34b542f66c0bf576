namespace PromoRec.Profiles;

/// <summary>Where a customer stands among all others, at the moment when that was last worked out.</summary>
/// <param name="Rfm">The quintiles; null for who has never bought anything.</param>
/// <param name="Cluster">The number of the cluster; null for who has no interest in any of the features that the clusters rest on.</param>
/// <param name="AsOf">When it was worked out.</param>
public sealed record CustomerSegment(RfmQuintiles? Rfm, int? Cluster, DateTimeOffset AsOf);
