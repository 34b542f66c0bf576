namespace PromoRec.Benchmarks.Training;

/// <summary>One row of the ALS report. GFLOP/s and share of the peak belong to the fastest iteration.</summary>
internal sealed record AlsMeasurement(string Data, string Solver, int Factors, int Threads, double MedianSeconds, double MinimumSeconds, double Gigaflops, double ShareOfPeak);
