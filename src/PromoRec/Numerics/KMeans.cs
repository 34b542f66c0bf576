using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PromoRec.Numerics;

/// <summary>k-means: divides points into clusters so that the sum of squared distances to the clusters' means is small.</summary>
/// <remarks>
/// <para>Starts from k-means++ seeds (Arthur and Vassilvitskii, SODA 2007), then alternates means and assignments until no point changes
/// its cluster (Lloyd, IEEE Transactions on Information Theory 28(2), 1982). Of several starts the one with the smallest sum is kept, the
/// first of equal ones.</para>
/// <para>A cluster that loses all its points takes the point that lies farthest from its centroid. Where there are fewer distinct points
/// than clusters, each of them is a cluster: points whose squared distance is 0 in double precision are equal.</para>
/// <para>Every sum is taken in one order and in double precision, so the seed decides every bit, whatever the number of threads and the
/// processor. Cost: O(starts · iterations · points · clusters · dimensions).</para>
/// </remarks>
internal sealed class KMeans
{
    /// <summary>Largest component, so that no sum of squares leaves the range of double.</summary>
    public const double MaxComponent = 1e100;

    private const int RowsPerBlock = 512;

    private readonly double[] _points;
    private readonly int _rows;
    private readonly int _dimensions;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly int[] _clusterOf;
    private readonly double[] _distances;
    private readonly double[] _centroids;
    private readonly int[] _sizes;
    private readonly List<double> _inertias = [];
    private int _clusters;

    private KMeans(double[] points, int dimensions, int clusters, int threads, CancellationToken cancellationToken)
    {
        _points = points;
        _dimensions = dimensions;
        _rows = points.Length / dimensions;
        _threads = threads;
        _cancellationToken = cancellationToken;
        _clusterOf = new int[_rows];
        _distances = new double[_rows];
        int most = Math.Min(clusters, _rows);
        _centroids = new double[most * dimensions];
        _sizes = new int[most];
    }

    /// <param name="points">Points × dimensions, row by row.</param>
    /// <param name="dimensions">Components of a point, at least 1.</param>
    /// <param name="clusters">Most clusters, at least 1.</param>
    /// <param name="seed">Decides the first centroids.</param>
    /// <param name="starts">How many times to begin anew, at least 1.</param>
    /// <param name="maxIterations">Most assignments of a start, at least 1.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two assignments.</param>
    /// <exception cref="ArgumentException">The points do not fill whole rows, or a component is not a number within <see cref="MaxComponent"/>.</exception>
    public static KMeansResult Fit(
        double[] points, int dimensions, int clusters, ulong seed, int starts = 1, int maxIterations = 100, int threads = 1, CancellationToken cancellationToken = default)
    {
        Check(points, dimensions);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        int resolved = Threads.Resolve(threads);
        if (points.Length == 0)
        {
            return new KMeansResult(0, dimensions, [], [], [0]);
        }

        KMeans? best = null;
        for (int start = 0; start < starts; start++)
        {
            var run = new KMeans(points, dimensions, clusters, resolved, cancellationToken);
            run.Run(new SeededRandom(seed, (ulong)start), maxIterations);
            best = best is null || run._inertias[^1] < best._inertias[^1] ? run : best;
        }

        return best!.ToResult();
    }

    private void Run(SeededRandom random, int maxIterations)
    {
        Seed(ref random);
        Array.Fill(_clusterOf, -1);
        for (int iteration = 0; ; iteration++)
        {
            bool changed = Assign();
            _inertias.Add(Sum(_distances));
            if (!changed || iteration + 1 >= maxIterations)
            {
                return;
            }

            FillEmptyClusters();
            MoveToMeans();
        }
    }

    /// <summary>Each next seed is a point drawn with a probability in proportion to its squared distance from the nearest seed.</summary>
    private void Seed(ref SeededRandom random)
    {
        Array.Fill(_distances, double.PositiveInfinity);
        AddSeed(random.NextInt32(_rows));
        while (_clusters < _sizes.Length)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            double total = Sum(_distances);
            if (total == 0)
            {
                return;
            }

            AddSeed(Draw(random.NextDouble() * total));
        }
    }

    /// <summary>The point in whose part of the total a mark lies.</summary>
    private int Draw(double mark)
    {
        double passed = 0;
        int last = 0;
        for (int row = 0; row < _rows; row++)
        {
            if (_distances[row] > 0)
            {
                passed += _distances[row];
                last = row;
                if (passed > mark)
                {
                    break;
                }
            }
        }

        return last;
    }

    private void AddSeed(int seedRow)
    {
        int cluster = _clusters++;
        Row(seedRow).CopyTo(_centroids.AsSpan(cluster * _dimensions));
        ForBlocks((from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                _distances[row] = Math.Min(_distances[row], SquaredDistance(Row(row), Centroid(cluster)));
            }
        });
    }

    /// <summary>Puts every point into the cluster with the nearest centroid, the first of equally near ones.</summary>
    private bool Assign()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        int changes = 0;
        ForBlocks((from, to) =>
        {
            int changed = 0;
            for (int row = from; row < to; row++)
            {
                int nearest = 0;
                double shortest = double.PositiveInfinity;
                for (int cluster = 0; cluster < _clusters; cluster++)
                {
                    double distance = SquaredDistance(Row(row), Centroid(cluster));
                    if (distance < shortest)
                    {
                        (shortest, nearest) = (distance, cluster);
                    }
                }

                changed += _clusterOf[row] == nearest ? 0 : 1;
                _clusterOf[row] = nearest;
                _distances[row] = shortest;
            }

            Interlocked.Add(ref changes, changed);
        });
        return changes > 0;
    }

    private void FillEmptyClusters()
    {
        CountMembers();
        for (int cluster = 0; cluster < _clusters; cluster++)
        {
            if (_sizes[cluster] == 0 && FarthestRow() is int row and >= 0)
            {
                _sizes[_clusterOf[row]]--;
                _sizes[cluster] = 1;
                _clusterOf[row] = cluster;
                _distances[row] = 0;
            }
        }
    }

    /// <summary>The point farthest from its centroid, the first of equal ones, among those that leave no empty cluster behind; -1 if there is none.</summary>
    private int FarthestRow()
    {
        int farthest = -1;
        for (int row = 0; row < _rows; row++)
        {
            if (_sizes[_clusterOf[row]] > 1 && _distances[row] > (farthest < 0 ? 0 : _distances[farthest]))
            {
                farthest = row;
            }
        }

        return farthest;
    }

    private void MoveToMeans()
    {
        for (int cluster = 0; cluster < _clusters; cluster++)
        {
            if (_sizes[cluster] > 0)
            {
                Centroid(cluster).Clear();
            }
        }

        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<double> point = Row(row);
            Span<double> sum = Centroid(_clusterOf[row]);
            for (int i = 0; i < point.Length; i++)
            {
                sum[i] += point[i];
            }
        }

        for (int cluster = 0; cluster < _clusters; cluster++)
        {
            foreach (ref double component in Centroid(cluster))
            {
                component /= Math.Max(1, _sizes[cluster]);
            }
        }
    }

    private KMeansResult ToResult()
    {
        CountMembers();
        int[] firstRow = new int[_clusters];
        for (int row = _rows - 1; row >= 0; row--)
        {
            firstRow[_clusterOf[row]] = row;
        }

        int[] kept = [.. Enumerable.Range(0, _clusters).Where(cluster => _sizes[cluster] > 0).OrderByDescending(cluster => _sizes[cluster]).ThenBy(cluster => firstRow[cluster])];
        int[] numberOf = new int[_clusters];
        double[] centroids = new double[kept.Length * _dimensions];
        for (int number = 0; number < kept.Length; number++)
        {
            numberOf[kept[number]] = number;
            Centroid(kept[number]).CopyTo(centroids.AsSpan(number * _dimensions));
        }

        return new KMeansResult(kept.Length, _dimensions, centroids, Array.ConvertAll(_clusterOf, cluster => numberOf[cluster]), _inertias);
    }

    private void CountMembers()
    {
        Array.Clear(_sizes);
        foreach (int cluster in _clusterOf)
        {
            _sizes[cluster]++;
        }
    }

    private void ForBlocks(Action<int, int> work)
    {
        int blocks = (_rows + RowsPerBlock - 1) / RowsPerBlock;
        if (_threads == 1 || blocks == 1)
        {
            work(0, _rows);
            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = _threads }, block => work(block * RowsPerBlock, Math.Min(_rows, (block + 1) * RowsPerBlock)));
    }

    private ReadOnlySpan<double> Row(int row) => _points.AsSpan(row * _dimensions, _dimensions);

    private Span<double> Centroid(int cluster) => _centroids.AsSpan(cluster * _dimensions, _dimensions);

    private static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double difference = x[i] - y[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static void Check([NotNull] double[]? points, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (points.Length % dimensions != 0)
        {
            throw new ArgumentException($"{points.Length} components do not fill whole points of {dimensions}.", nameof(points));
        }

        int wrong = Array.FindIndex(points, component => !(Math.Abs(component) <= MaxComponent));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Component {wrong % dimensions} of point {wrong / dimensions} must be a number from -{MaxComponent:R} to {MaxComponent:R}, but is {points[wrong]:R}."),
                nameof(points));
        }
    }
}
