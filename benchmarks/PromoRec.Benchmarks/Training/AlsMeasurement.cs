namespace PromoRec.Benchmarks.Training;

/// <summary>One row of the ALS report. GFLOP/s and share of the limit belong to the fastest iteration.</summary>
/// <param name="Data">What was trained on.</param>
/// <param name="Solver">Which solver.</param>
/// <param name="Factors">Number of factors.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="MedianSeconds">Seconds of an iteration, in the median.</param>
/// <param name="MinimumSeconds">Seconds of the fastest.</param>
/// <param name="Gigaflops">The operations that an iteration cannot do without, over its seconds.</param>
/// <param name="ComputeSeconds">Seconds that these operations take at the multiply-add peak.</param>
/// <param name="GatherSeconds">Seconds that reading each observed row once from where it lies takes at the gather bandwidth.</param>
/// <param name="ShareOfLimit">The larger of the two, over the seconds.</param>
internal sealed record AlsMeasurement(
    string Data, string Solver, int Factors, int Threads, double MedianSeconds, double MinimumSeconds, double Gigaflops, double ComputeSeconds, double GatherSeconds, double ShareOfLimit)
{
    /// <summary>What binds: "compute" or "gather".</summary>
    public string Limit => GatherSeconds > ComputeSeconds ? "gather" : "compute";
}
