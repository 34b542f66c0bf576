using PromoRec.Numerics;

namespace PromoRec.Profiles;

/// <summary>Works out quintiles and clusters over all customers. Nothing depends on the number of threads.</summary>
internal static class ProfileSegmenter
{
    private const int MaxIterations = 100;

    /// <param name="accounts">The customers in ordinal order of their ids, so that the seed means the same each time.</param>
    /// <param name="rules">The options.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="asOf">The moment.</param>
    /// <param name="cancellationToken">Stops between two customers and between two steps of k-means.</param>
    /// <returns>All segments, and those of the accounts at their places; null for an account that was erased by then.</returns>
    public static (ProfileSegments Segments, CustomerSegment?[] OfAccount) Segment(
        ProfileAccount[] accounts, ProfileRules rules, CatalogIndex catalog, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        int threads = Threads.Resolve(rules.Options.Threads);
        var profiles = new CustomerProfile?[accounts.Length];
        Parallel.For(
            0,
            accounts.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            i => profiles[i] = accounts[i].Read() is { } contents ? ProfileReader.Read(contents, rules, catalog, asOf) : null);

        RfmQuintiles?[] quintiles = QuintilesOf(profiles);
        var vectors = InterestVectors.Of(profiles, rules.Options.ClusterFeatures);
        KMeansResult clusters = KMeans.Fit(
            vectors.Values, vectors.Dimensions, rules.Options.Clusters, rules.Options.ClusterSeed, rules.Options.ClusterStarts, MaxIterations, threads, cancellationToken);

        var ofAccount = new CustomerSegment?[accounts.Length];
        Dictionary<UserId, CustomerSegment> byUser = [];
        for (int i = 0; i < accounts.Length; i++)
        {
            if (profiles[i] is not null)
            {
                int? cluster = vectors.RowOf[i] is int row and >= 0 ? clusters.ClusterOf[row] : null;
                ofAccount[i] = new CustomerSegment(quintiles[i], cluster, asOf);
                byUser.Add(accounts[i].UserId, ofAccount[i]!);
            }
        }

        return (new ProfileSegments(byUser)
        {
            AsOf = asOf,
            Buyers = profiles.Count(profile => profile is { IsBuyer: true }),
            DiscountShare = DiscountShareOf(profiles),
            Clusters = vectors.Describe(clusters),
            Inertia = clusters.Inertia,
        }, ofAccount);
    }

    private static RfmQuintiles?[] QuintilesOf(CustomerProfile?[] profiles)
    {
        int[] buyers = [.. Enumerable.Range(0, profiles.Length).Where(i => profiles[i] is { IsBuyer: true })];
        RfmValues[] values = Array.ConvertAll(buyers, i => profiles[i]!.Rfm);

        // A purchase whose time nobody knows counts as the longest ago.
        int[] recency = Quintiles.Of(Array.ConvertAll(values, value => value.LastPurchaseAt?.UtcTicks ?? 0));
        int[] frequency = Quintiles.Of(Array.ConvertAll(values, value => value.Frequency));
        int[] monetary = Quintiles.Of(Array.ConvertAll(values, value => value.Monetary));
        var quintiles = new RfmQuintiles?[profiles.Length];
        for (int i = 0; i < buyers.Length; i++)
        {
            quintiles[buyers[i]] = new RfmQuintiles(recency[i], frequency[i], monetary[i]);
        }

        return quintiles;
    }

    private static double? DiscountShareOf(CustomerProfile?[] profiles)
    {
        long orders = profiles.Sum(profile => (long)(profile?.Discount.Orders ?? 0));
        long discounted = profiles.Sum(profile => (long)(profile?.Discount.Discounted ?? 0));
        return orders == 0 ? null : (double)discounted / orders;
    }
}
