using FsCheck;
using FsCheck.Fluent;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Numerics;

public class KMeansTests
{
    private static readonly Arbitrary<(double[][] Points, int Clusters, int Seed)> Cases = Arb.From(
        from count in Gen.Choose(1, 24)
        from dimensions in Gen.Choose(1, 3)
        from points in Gen.Choose(-4, 4).Select(x => x / 3.0).ArrayOf(dimensions).ArrayOf(count)
        from clusters in Gen.Choose(1, 8)
        from seed in Gen.Choose(0, 1_000)
        select (points, clusters, seed));

    [Fact]
    public void It_has_the_bits_of_plain_lloyd_from_plain_seeds() =>
        Prop.ForAll(Cases, test =>
        {
            KMeansResult result = Fit(test);
            (List<double> inertias, int[] firstOfCluster) = PlainKMeans.Run(test.Points, test.Clusters, (ulong)test.Seed, 100);

            Assert.Equal(inertias, result.Inertias);
            Assert.Equal(firstOfCluster, result.ClusterOf.Select(cluster => Array.IndexOf(result.ClusterOf, cluster)));
        }).Holds();

    [Fact]
    public void Inertia_never_increases_and_every_point_is_with_its_nearest_centroid() =>
        Prop.ForAll(Cases, test =>
        {
            KMeansResult result = Fit(test);
            double scale = 1e-12 * (1 + result.Inertias[0]);
            for (int i = 1; i < result.Inertias.Count; i++)
            {
                Assert.True(result.Inertias[i] <= result.Inertias[i - 1] + scale);
            }

            double sum = 0;
            for (int row = 0; row < test.Points.Length; row++)
            {
                double[] distances = [.. Enumerable.Range(0, result.Clusters).Select(cluster => PlainKMeans.SquaredDistance(test.Points[row], result.Centroid(cluster).ToArray()))];
                Assert.Equal(distances.Min(), distances[result.ClusterOf[row]]);
                sum += distances.Min();
            }

            Assert.Equal(sum, result.Inertia);
        }).Holds();

    [Fact]
    public void There_are_as_many_clusters_as_asked_for_or_as_distinct_points_and_the_largest_comes_first() =>
        Prop.ForAll(Cases, test =>
        {
            KMeansResult result = Fit(test);
            int distinct = test.Points.Select(point => string.Join(' ', point)).Distinct().Count();
            int[] sizes = [.. Enumerable.Range(0, result.Clusters).Select(cluster => result.ClusterOf.Count(of => of == cluster))];

            Assert.Equal(Math.Min(test.Clusters, distinct), result.Clusters);
            Assert.DoesNotContain(0, sizes);
            Assert.Equal(sizes.OrderDescending(), sizes);
            Assert.True(test.Clusters < distinct || result.Inertia < 1e-20);
        }).Holds();

    [Fact]
    public void Many_starts_find_the_best_of_all_divisions()
    {
        double[][] points = [[0, 0], [0.2, 0.1], [1, 5], [1.3, 5.2], [4, 0.5], [4.4, 0.1], [2, 2], [3.9, 0.8], [0.1, 0.4]];

        Assert.Equal(PlainKMeans.Best(points, 3), KMeans.Fit([.. points.SelectMany(point => point)], 2, 3, seed: 7, starts: 20).Inertia, 1e-12);
    }

    [Fact]
    public void A_start_is_on_average_within_the_bound_of_the_paper()
    {
        // Theorem 1.1 of Arthur and Vassilvitskii: the expected sum of the seeds alone is at most 8 (ln k + 2) times the best.
        double[][] points = [[0], [0.1], [0.3], [10], [10.2], [10.3], [50], [51], [200]];
        double best = PlainKMeans.Best(points, 3);
        double mean = Enumerable.Range(0, 400).Average(seed => KMeans.Fit([.. points.SelectMany(point => point)], 1, 3, (ulong)seed).Inertias[0]);

        Assert.InRange(mean, best, 8 * (Math.Log(3) + 2) * best);
    }

    [Fact]
    public void A_cluster_that_loses_its_points_takes_the_farthest_one()
    {
        // Found by search: of one draw of seeds in forty, a later assignment leaves a cluster of these points empty.
        double[][] points = [[5, 5], [5, 8], [8, 0], [8, 2], [1, 3]];

        Assert.All(Enumerable.Range(0, 300), seed =>
        {
            KMeansResult result = Fit((points, 3, seed));
            Assert.Equal(3, result.Clusters);
            Assert.Equal(PlainKMeans.Run(points, 3, (ulong)seed, 100).Inertias, result.Inertias);
        });
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit_and_the_seed_does()
    {
        var random = new SeededRandom(5);
        double[] points = new double[3 * 2_000];
        foreach (ref double component in points.AsSpan())
        {
            component = random.NextGaussian();
        }

        KMeansResult one = KMeans.Fit(points, 3, 9, seed: 1, starts: 2, maxIterations: 30, threads: 1);
        KMeansResult four = KMeans.Fit(points, 3, 9, seed: 1, starts: 2, maxIterations: 30, threads: 4);

        Assert.Equal(one.Centroids, four.Centroids);
        Assert.Equal(one.ClusterOf, four.ClusterOf);
        Assert.Equal(one.Inertias, four.Inertias);
        Assert.NotEqual(one.Centroids, KMeans.Fit(points, 3, 9, seed: 2, maxIterations: 30).Centroids);
    }

    [Fact]
    public void Zeros_are_points_like_any_other()
    {
        KMeansResult result = KMeans.Fit([0, 0, 0, 0, 1, 1], 2, 5, seed: 3);

        Assert.Equal([0, 0, 1], result.ClusterOf);
        Assert.Equal([0, 0, 1, 1], result.Centroids);
        Assert.Equal(0, result.Inertia);
    }

    [Fact]
    public void No_points_have_no_clusters()
    {
        KMeansResult result = KMeans.Fit([], 3, 5, seed: 3);

        Assert.Equal((0, 0), (result.Clusters, result.Inertia));
        Assert.Empty(result.ClusterOf);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e101)]
    public void A_component_that_is_no_usable_number_is_refused_with_its_place(double component)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => KMeans.Fit([0, 1, 2, component], 2, 2, seed: 0));

        Assert.Contains("Component 1 of point 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Largest_components_do_not_overflow() => Assert.True(double.IsFinite(KMeans.Fit([1e100, -1e100, 0, 5e99, 1e99], 1, 2, seed: 0).Inertia));

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KMeans.Fit([1, 2, 3], 2, 1, seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit([1], 0, 1, seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit([1], 1, 0, seed: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit([1], 1, 1, seed: 0, starts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit([1], 1, 1, seed: 0, maxIterations: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit([1], 1, 1, seed: 0, threads: -1));
        Assert.Throws<OperationCanceledException>(() => KMeans.Fit([1, 2], 1, 2, seed: 0, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static KMeansResult Fit((double[][] Points, int Clusters, int Seed) test) =>
        KMeans.Fit([.. test.Points.SelectMany(point => point)], test.Points[0].Length, test.Clusters, (ulong)test.Seed);
}
