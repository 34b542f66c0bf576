namespace PromoRec.Benchmarks.Data;

/// <summary>One dataset that was built.</summary>
/// <param name="Events">Number of events.</param>
/// <param name="Ids">What ids are: "numbers" or "text".</param>
/// <param name="Threads">Threads that built.</param>
/// <param name="AddSeconds">Seconds of drawing and adding the events, on one thread.</param>
/// <param name="BuildSeconds">Seconds of building.</param>
/// <param name="Pairs">Pairs of a customer and an item.</param>
/// <param name="MatrixBytes">Bytes of the sparse matrix of customers and items.</param>
/// <param name="PeakBytes">Most bytes resident at once, without those from before.</param>
internal sealed record BuildMeasurement(int Events, string Ids, int Threads, double AddSeconds, double BuildSeconds, int Pairs, long MatrixBytes, long PeakBytes)
{
    public double PeakOverMatrix => (double)PeakBytes / MatrixBytes;
}
