namespace PromoRec.Cli.Output.Html;

/// <summary>The words of a chart.</summary>
/// <param name="Id">Names it within the page.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Explanation">How to read it.</param>
/// <param name="X">What lies along the bottom.</param>
/// <param name="Y">What lies along the side.</param>
/// <param name="Label">What the points are called in the table.</param>
internal sealed record ChartText(string Id, string Title, string Explanation, string X, string Y, string Label);
