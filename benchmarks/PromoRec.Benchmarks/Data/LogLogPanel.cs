namespace PromoRec.Benchmarks.Data;

/// <summary>Lines that share an axis.</summary>
/// <param name="Unit">What the axis counts.</param>
/// <param name="Series">The lines, at least one.</param>
internal sealed record LogLogPanel(string Unit, IReadOnlyList<LogLogSeries> Series);
