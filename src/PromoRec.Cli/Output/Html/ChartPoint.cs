namespace PromoRec.Cli.Output.Html;

/// <summary>A point of a chart, and what the table beside it calls it.</summary>
internal readonly record struct ChartPoint(string Label, double X, double Y);
