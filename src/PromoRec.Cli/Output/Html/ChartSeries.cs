namespace PromoRec.Cli.Output.Html;

/// <summary>One line of a chart, or one colour of its bars.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Points">The places, in the order in which they are joined.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
