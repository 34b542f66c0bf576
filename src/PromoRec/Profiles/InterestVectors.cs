using PromoRec.Numerics;

namespace PromoRec.Profiles;

/// <summary>The interests of customers as points: a component for each of the categories and brands that most of them care for, scaled to length 1.</summary>
internal sealed class InterestVectors
{
    private readonly (bool IsBrand, string Name)[] _features;

    private InterestVectors((bool IsBrand, string Name)[] features, double[] values, int[] rowOf)
    {
        _features = features;
        Values = values;
        RowOf = rowOf;
    }

    /// <summary>Points × <see cref="Dimensions"/>, row by row.</summary>
    public double[] Values { get; }

    /// <summary>For each profile its row, or -1 when it has none of the interests.</summary>
    public int[] RowOf { get; }

    /// <summary>At least 1, so that even no points have a width.</summary>
    public int Dimensions => Math.Max(1, _features.Length);

    public static InterestVectors Of(CustomerProfile?[] profiles, int maxFeatures)
    {
        (bool, string)[] features = CommonFeatures(profiles, maxFeatures);
        var columnOf = new Dictionary<(bool, string), int>();
        foreach ((bool, string) feature in features)
        {
            columnOf.Add(feature, columnOf.Count);
        }

        int[] rowOf = new int[profiles.Length];
        List<double> values = [];
        double[] row = new double[features.Length];
        for (int i = 0; i < profiles.Length; i++)
        {
            Array.Clear(row);
            foreach (((bool, string) feature, double weight) in InterestsOf(profiles[i]))
            {
                if (columnOf.TryGetValue(feature, out int column))
                {
                    row[column] = weight;
                }
            }

            rowOf[i] = TryNormalize(row) ? values.Count / features.Length : -1;
            if (rowOf[i] >= 0)
            {
                values.AddRange(row);
            }
        }

        return new InterestVectors(features, [.. values], rowOf);
    }

    /// <summary>Says what the members of each cluster care for.</summary>
    public IReadOnlyList<ProfileCluster> Describe(KMeansResult clusters)
    {
        var described = new ProfileCluster[clusters.Clusters];
        for (int cluster = 0; cluster < described.Length; cluster++)
        {
            var categories = new InterestSums();
            var brands = new InterestSums();
            for (int column = 0; column < _features.Length; column++)
            {
                (_features[column].IsBrand ? brands : categories).Add([new Interest(_features[column].Name, 1)], clusters.Centroid(cluster)[column]);
            }

            described[cluster] = new ProfileCluster(cluster, clusters.ClusterOf.Count(of => of == cluster), categories.ToList(), brands.ToList());
        }

        return Array.AsReadOnly(described);
    }

    /// <summary>The features that most customers have an interest in or an aversion to; of equally common ones categories before brands, then by name.</summary>
    private static (bool, string)[] CommonFeatures(CustomerProfile?[] profiles, int maxFeatures)
    {
        Dictionary<(bool IsBrand, string Name), int> counts = [];
        foreach (CustomerProfile? profile in profiles)
        {
            foreach (((bool, string) feature, _) in InterestsOf(profile))
            {
                counts[feature] = counts.GetValueOrDefault(feature) + 1;
            }
        }

        return
        [
            .. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key.IsBrand).ThenBy(count => count.Key.Name, StringComparer.Ordinal)
                .Take(maxFeatures).Select(count => count.Key),
        ];
    }

    private static IEnumerable<((bool IsBrand, string Name) Feature, double Weight)> InterestsOf(CustomerProfile? profile) =>
        profile is null ? [] :
        [
            .. profile.Categories.Select(interest => ((false, interest.Name), interest.Weight)),
            .. profile.Brands.Select(interest => ((true, interest.Name), interest.Weight)),
        ];

    /// <summary>Scales to length 1; false for zeros. The largest component becomes 1 first, so that no square leaves the range of double.</summary>
    private static bool TryNormalize(double[] row)
    {
        double largest = 0;
        foreach (double component in row)
        {
            largest = Math.Max(largest, Math.Abs(component));
        }

        if (largest == 0)
        {
            return false;
        }

        double squares = 0;
        foreach (ref double component in row.AsSpan())
        {
            component /= largest;
            squares += component * component;
        }

        double length = Math.Sqrt(squares);
        foreach (ref double component in row.AsSpan())
        {
            component /= length;
        }

        return true;
    }
}
