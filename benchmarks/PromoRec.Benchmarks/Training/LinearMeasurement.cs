namespace PromoRec.Benchmarks.Training;

/// <summary>One row of the report on linear training.</summary>
internal sealed record LinearMeasurement(string Loss, string Penalty, bool Intercept, double Cost, int Threads, double MedianSeconds, double MinimumSeconds, int Iterations, double Objective);
