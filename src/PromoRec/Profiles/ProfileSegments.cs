namespace PromoRec.Profiles;

/// <summary>Where every customer stands among all others at one moment. Immutable. It is the caller's: erasing a customer later does not change it.</summary>
public sealed class ProfileSegments
{
    private readonly Dictionary<UserId, CustomerSegment> _segments;

    internal ProfileSegments(Dictionary<UserId, CustomerSegment> segments) => _segments = segments;

    /// <summary>The moment.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Customers of whom anything was known.</summary>
    public int Customers => _segments.Count;

    /// <summary>Those of them who have bought something: the quintiles are fifths of these.</summary>
    public required int Buyers { get; init; }

    /// <summary>Share of all orders that were discounted; null without orders. A good <see cref="CustomerProfileOptions.DiscountPriorShare"/>.</summary>
    public required double? DiscountShare { get; init; }

    /// <summary>The clusters, the largest first; fewer than asked for where fewer customers have interests that differ.</summary>
    public required IReadOnlyList<ProfileCluster> Clusters { get; init; }

    /// <summary>Sum of the squared distances of all customers to the centroids of their clusters: how tight the clusters are. 0 or above.</summary>
    public required double Inertia { get; init; }

    /// <summary>Where a customer stands; null for one of whom nothing was known.</summary>
    public CustomerSegment? Find(UserId userId) => _segments.GetValueOrDefault(userId);
}
