namespace PromoRec.Benchmarks.Data;

/// <summary>What one number of interactions costs.</summary>
/// <param name="Interactions">Pairs of a customer and an item, each with one interaction.</param>
/// <param name="Customers">Number of customers.</param>
/// <param name="AddSeconds">Seconds of adding them to a builder, on one thread.</param>
/// <param name="BuildSeconds">Seconds of building the dataset.</param>
/// <param name="AlsIterationSeconds">Seconds of the fastest iteration of implicit ALS with 64 factors.</param>
/// <param name="NeighbourSeconds">Seconds of learning 50 neighbours for each item.</param>
/// <param name="MatrixBytes">Bytes of the sparse matrix of customers and items.</param>
/// <param name="DatasetPeakBytes">Most bytes resident at once while the dataset was built, without what was there before.</param>
/// <param name="AlsPeakBytes">The same of training, with the dataset.</param>
/// <param name="NeighbourPeakBytes">The same of learning neighbours, with the dataset.</param>
internal sealed record GrowthMeasurement(
    int Interactions, int Customers, double AddSeconds, double BuildSeconds, double AlsIterationSeconds, double NeighbourSeconds, long MatrixBytes, long DatasetPeakBytes, long AlsPeakBytes, long NeighbourPeakBytes);
