namespace PromoRec.Numerics;

/// <summary>Points divided into clusters. No cluster is empty; the largest comes first, and of equally large ones that of the earliest point.</summary>
/// <param name="Clusters">Number of clusters.</param>
/// <param name="Dimensions">Components of a point.</param>
/// <param name="Centroids">Clusters × dimensions, row by row.</param>
/// <param name="ClusterOf">For each point the number of its cluster, whose centroid is nearest.</param>
/// <param name="Inertias">Sum of squared distances of all points to their centroids after each assignment of the run that was kept; the last one is the result's.</param>
internal sealed record KMeansResult(int Clusters, int Dimensions, double[] Centroids, int[] ClusterOf, IReadOnlyList<double> Inertias)
{
    public double Inertia => Inertias[^1];

    public ReadOnlySpan<double> Centroid(int cluster) => Centroids.AsSpan(cluster * Dimensions, Dimensions);
}
