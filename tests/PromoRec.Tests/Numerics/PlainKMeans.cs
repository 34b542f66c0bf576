using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

/// <summary>k-means as its definition reads, over lists of points.</summary>
internal static class PlainKMeans
{
    public static double SquaredDistance(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum;
    }

    /// <summary>One start: the sum of squared distances after each assignment, and the cluster of each point by the points it is with.</summary>
    public static (List<double> Inertias, int[] FirstOfCluster) Run(double[][] points, int clusters, ulong seed, int maxIterations)
    {
        List<double[]> centroids = Seeds(points, clusters, new SeededRandom(seed));
        int[] clusterOf = new int[points.Length];
        Array.Fill(clusterOf, -1);
        List<double> inertias = [];
        while (true)
        {
            int[] next = [.. points.Select(point => Nearest(point, centroids))];
            inertias.Add(points.Select((point, i) => SquaredDistance(point, centroids[next[i]])).Aggregate(0.0, (sum, distance) => sum + distance));
            bool changed = !next.SequenceEqual(clusterOf);
            clusterOf = next;
            if (!changed || inertias.Count == maxIterations)
            {
                return (inertias, [.. clusterOf.Select(cluster => Array.IndexOf(clusterOf, cluster))]);
            }

            for (int cluster = 0; cluster < centroids.Count; cluster++)
            {
                if (!clusterOf.Contains(cluster))
                {
                    int[] movable = [.. Enumerable.Range(0, points.Length).Where(i => clusterOf.Count(of => of == clusterOf[i]) > 1 && SquaredDistance(points[i], centroids[clusterOf[i]]) > 0)];
                    clusterOf[movable.MaxBy(i => SquaredDistance(points[i], centroids[clusterOf[i]]))] = cluster;
                }
            }

            centroids = [.. centroids.Select((_, cluster) => Mean([.. points.Where((_, i) => clusterOf[i] == cluster)]))];
        }
    }

    /// <summary>The smallest sum of squared distances to the means of all divisions into so many clusters.</summary>
    public static double Best(double[][] points, int clusters)
    {
        double best = double.PositiveInfinity;
        int[] clusterOf = new int[points.Length];
        do
        {
            best = Math.Min(best, clusterOf.Distinct().Sum(cluster =>
            {
                double[][] members = [.. points.Where((_, i) => clusterOf[i] == cluster)];
                double[] mean = Mean(members);
                return members.Sum(member => SquaredDistance(member, mean));
            }));
        }
        while (Advance(clusterOf, clusters));

        return best;
    }

    private static bool Advance(int[] digits, int radix)
    {
        for (int i = 0; i < digits.Length; i++)
        {
            if (++digits[i] < radix)
            {
                return true;
            }

            digits[i] = 0;
        }

        return false;
    }

    private static List<double[]> Seeds(double[][] points, int clusters, SeededRandom random)
    {
        List<double[]> seeds = [points[random.NextInt32(points.Length)]];
        while (seeds.Count < clusters)
        {
            double[] distances = [.. points.Select(point => seeds.Min(seed => SquaredDistance(point, seed)))];
            double total = distances.Aggregate(0.0, (sum, distance) => sum + distance);
            if (total == 0)
            {
                break;
            }

            double mark = random.NextDouble() * total;
            double passed = 0;
            seeds.Add(points[Array.FindIndex(distances, distance => distance > 0 && (passed += distance) > mark)]);
        }

        return seeds;
    }

    private static int Nearest(double[] point, List<double[]> centroids) => Enumerable.Range(0, centroids.Count).MinBy(cluster => SquaredDistance(point, centroids[cluster]));

    private static double[] Mean(double[][] points) =>
        [.. Enumerable.Range(0, points[0].Length).Select(i => points.Aggregate(0.0, (sum, point) => sum + point[i]) / points.Length)];
}
