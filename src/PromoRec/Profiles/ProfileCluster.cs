namespace PromoRec.Profiles;

/// <summary>Customers with similar interests.</summary>
/// <param name="Number">From 0; the largest cluster comes first.</param>
/// <param name="Customers">How many customers it has, at least 1.</param>
/// <param name="Categories">Mean interests in categories of its customers, each customer's interests scaled to length 1; the strongest first.</param>
/// <param name="Brands">The same for brands.</param>
public sealed record ProfileCluster(int Number, int Customers, IReadOnlyList<Interest> Categories, IReadOnlyList<Interest> Brands);
