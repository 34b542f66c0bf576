using System.Globalization;
using System.Xml.Linq;

namespace PromoRec.Cli.Output.Html;

/// <summary>The reports of <c>evaluate</c> and <c>compare</c> as pages.</summary>
internal static class ReportPage
{
    /// <summary>Writes what <c>evaluate</c> found about a ranking, or about predicted ratings.</summary>
    public static void Save(string path, EvaluateReport report)
    {
        string model = report.Training?.Algorithm ?? "model";
        string intervals = report.ConfidenceIntervals.Count > 0 ? $"; intervals of {Quantity.Number(100 * report.ConfidenceLevel)} %" : string.Empty;
        string ratings = report.Ratings is { } count ? $", {Quantity.Count(count, "rating", "ratings")}" : string.Empty;
        List<XElement> content =
        [
            Quiet($"{Quantity.Count(report.Users, "test customer", "test customers")}{ratings}, {EvaluationText.Explain(report.Protocol)}{intervals}."),
            new("h2", "Figures"),
            HtmlPage.Table("metrics", ["metric", model, "interval", .. report.Popularity is null ? Array.Empty<string>() : ["popularity"]], report.Metrics.Select(metric => (IReadOnlyList<string>)
            [
                metric.Key, Show(metric.Value), Interval(report.ConfidenceIntervals, metric.Key), .. report.Popularity is null ? Array.Empty<string>() : [Show(report.Popularity[metric.Key])],
            ])),
            .. report.RatingCurves is { } predicted ? RatingPictures([(model, predicted)]) : Pictures([(model, report.Curves!)]),
        ];
        HtmlPage.Save(path, "PromoRec: evaluation", content);
    }

    /// <summary>Writes what <c>compare</c> found.</summary>
    public static void Save(string path, CompareReport report)
    {
        string[] metrics = [.. report.Algorithms[0].Metrics.Keys];
        List<XElement> content =
        [
            Quiet($"{Quantity.Count(report.Users, "test customer", "test customers")}, {EvaluationText.Explain(report.Protocol)}; intervals of {Quantity.Number(100 * report.ConfidenceLevel)} %."),
            new("h2", "Who wins"),
            new("ul", report.Comparisons.Select(verdict => new XElement("li", HtmlPage.Clean(CompareText.Sentence(verdict))))),
            new("h2", "Figures"),
            HtmlPage.Table("metrics", ["algorithm", .. metrics, "training"], report.Algorithms.Select(entry => (IReadOnlyList<string>)
            [
                entry.Name, .. metrics.Select(metric => $"{Show(entry.Metrics[metric])} {Interval(entry.ConfidenceIntervals, metric)}".TrimEnd()), Quantity.Seconds(entry.TrainSeconds),
            ])),
            .. report.Algorithms[0].RatingCurves is null
                ? Pictures([.. report.Algorithms.Select(entry => (entry.Name, entry.Curves!))])
                : RatingPictures([.. report.Algorithms.Select(entry => (entry.Name, entry.RatingCurves!))]),
        ];
        HtmlPage.Save(path, "PromoRec: comparison", content);
    }

    /// <summary>Writes how a linear model did.</summary>
    public static void Save(string path, LinearEvaluateReport report)
    {
        List<XElement> content =
        [
            Quiet($"{Quantity.Count(report.Examples, "example", "examples")}; model {report.Version}, loss {report.Loss}."),
            new("h2", "Figures"),
            HtmlPage.Table("metrics", ["metric", "value"], report.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Key, Show(metric.Value)])),
        ];
        if (report.Calibration.Count > 0)
        {
            content.Add(new XElement("h2", "Pictures"));
            content.Add(Chart.Lines(
                new ChartText("calibration", "Calibration", "Where the model says 0.3, three of ten should be true: the nearer to the dotted line, the better the probabilities.", "mean predicted probability", "share of true examples", "examples"),
                [new ChartSeries("model", [.. report.Calibration.Select(bin => new ChartPoint(bin.Examples.ToString(CultureInfo.InvariantCulture), bin.Probability, bin.True))])],
                unit: true));
        }

        HtmlPage.Save(path, "PromoRec: evaluation of a linear model", content);
    }

    private static IEnumerable<XElement> RatingPictures(IReadOnlyList<(string Name, RatingCurves Curves)> predictions)
    {
        yield return new XElement("h2", "Pictures");
        yield return Chart.Lines(
            new ChartText("rating-calibration", "Predictions and ratings", "Ratings in ten equal parts by their predictions: what customers gave on average where the model predicted so much. The nearer to the dotted line, the better; a flatter line says that predictions are too extreme.", "mean prediction", "mean rating", "ratings"),
            [.. predictions.Select(one => new ChartSeries(one.Name, [.. one.Curves.Calibration.Select(bin => new ChartPoint(bin.Ratings.ToString(CultureInfo.InvariantCulture), bin.Predicted, bin.True))]))],
            even: true);
        yield return Chart.Bars(
            new ChartText("rating-errors", "Errors", "How far predictions are off, predicted less true: to the right of 0 they are too high. The outermost bars hold all that are further off.", "error", "share of the ratings", "error"),
            [.. predictions.Select(one => new ChartSeries(one.Name, [.. one.Curves.Errors.Select((bin, at) => new ChartPoint(Quantity.Number(bin.Error), at + 1, bin.Share))]))]);
        foreach (XElement learning in LearningPictures([.. predictions.Select(one => (one.Name, one.Curves.Learning, one.Curves.LearningByTime))], rises: false))
        {
            yield return learning;
        }
    }

    /// <param name="curves">Figures by share, of data that were drawn and of the earliest.</param>
    /// <param name="rises">Whether higher figures are better; an error falls instead.</param>
    private static IEnumerable<XElement> LearningPictures(IReadOnlyList<(string Name, IReadOnlyList<LearningPoint> Drawn, IReadOnlyList<LearningPoint> Earliest)> curves, bool rises)
    {
        string still = rises ? "rises" : "falls";
        if (curves.FirstOrDefault(one => one.Drawn.Count > 0).Drawn is { } drawn)
        {
            yield return Chart.Lines(
                new ChartText("learning", "Learning curve by amount", $"What the figure would be with less to learn from: a share of what customers did, drawn from all of it. A line that still {still} at the right says that more data would help.", "share of the training data", drawn[0].Metric, "share"),
                Series(one => one.Drawn),
                fromZero: rises);
        }

        if (curves.FirstOrDefault(one => one.Earliest.Count > 0).Earliest is { } earliest)
        {
            yield return Chart.Lines(
                new ChartText("learning-time", "Learning curve by time", $"What the figure would be had the training ended earlier: the earliest share of the events. It is both less and older; a line that {still} more steeply here than in the picture above says that fresh data matter.", "share of the training data, the earliest", earliest[0].Metric, "share"),
                Series(one => one.Earliest),
                fromZero: rises);
        }

        ChartSeries[] Series(Func<(string Name, IReadOnlyList<LearningPoint> Drawn, IReadOnlyList<LearningPoint> Earliest), IReadOnlyList<LearningPoint>> pointsOf) =>
            [.. curves.Where(one => pointsOf(one).Count > 0).Select(one => new ChartSeries(one.Name, [.. pointsOf(one).Select(point => new ChartPoint(Quantity.Number(point.Share), point.Share, point.Value))]))];
    }

    private static IEnumerable<XElement> Pictures(IReadOnlyList<(string Name, RankingCurves Curves)> rankings)
    {
        yield return new XElement("h2", "Pictures");
        yield return Chart.Lines(
            new ChartText("precision-recall", "Precision and recall over cut-offs", "Each mark is one length of the list, from the first place at the left to 100 places at the right, or as many as there are. Higher and further right is better.", "recall", "precision", "cut-off"),
            [.. rankings.Select(one => new ChartSeries(one.Name, [.. one.Curves.Cutoffs.Select((cutoff, i) => new ChartPoint(At(cutoff), one.Curves.Recall[i], one.Curves.Precision[i]))]))]);
        yield return Chart.Lines(
            new ChartText("coverage", "Coverage of the catalog", "The share of everything that can be ranked which is among anybody's first places.", "places", "share of the catalog", "cut-off"),
            [.. rankings.Select(one => new ChartSeries(one.Name, [.. one.Curves.Cutoffs.Select((cutoff, i) => new ChartPoint(At(cutoff), cutoff, one.Curves.Coverage[i]))]))],
            [.. rankings.MaxBy(one => one.Curves.Cutoffs.Count).Curves.Cutoffs.Select(cutoff => (double)cutoff)]);
        if (rankings[0].Curves.Recommended is not null)
        {
            ChartSeries owned = new("what customers have", Tenths(rankings[0].Curves.Owned!));
            yield return Chart.Bars(
                new ChartText("long-tail", "The long tail", "Items in ten equal parts, the most popular tenth first. Beside what customers have: which tenth the first ten recommendations of the test customers come from.", "tenth of the items, by popularity", "share", "tenth"),
                [.. rankings.Select(one => new ChartSeries(one.Name, Tenths(one.Curves.Recommended!))), owned]);
        }

        if (rankings.Any(one => one.Curves.Calibration is { Count: > 0 }))
        {
            yield return Chart.Lines(
                new ChartText("calibration", "Probabilities and offers taken", "Offers that customers could be shown, in ten equal parts by their probabilities: how many of them were taken where the model says so much. The nearer to the dotted line, the better; above it, more were taken than was said. Of customers who took something, as the model means it.", "mean predicted probability", "share that was taken", "offers"),
                [.. rankings.Where(one => one.Curves.Calibration is { Count: > 0 }).Select(one => new ChartSeries(one.Name, [.. one.Curves.Calibration!.Select(bin => new ChartPoint(bin.Examples.ToString(CultureInfo.InvariantCulture), bin.Probability, bin.True))]))],
                even: true);
        }

        foreach (XElement learning in LearningPictures([.. rankings.Select(one => (one.Name, one.Curves.Learning, one.Curves.LearningByTime))], rises: true))
        {
            yield return learning;
        }

        for (int i = 0; i < rankings.Count && rankings[i].Curves.MostRecommended.Count > 0; i++)
        {
            (string name, RankingCurves curves) = rankings[i];
            if (i == 0)
            {
                yield return new XElement("h2", "Recommended to most customers");
            }

            yield return new XElement("h3", HtmlPage.Clean(name));
            yield return HtmlPage.Table(string.Create(CultureInfo.InvariantCulture, $"most-{i}"), ["item", "test customers who see it in their first ten"], curves.MostRecommended.Select(one => (IReadOnlyList<string>)[one.Item, one.Customers.ToString("N0", CultureInfo.InvariantCulture)]));
        }
    }

    private static ChartPoint[] Tenths(IReadOnlyList<double> shares) => [.. shares.Select((share, i) => new ChartPoint((i + 1).ToString(CultureInfo.InvariantCulture), i + 1, share))];

    private static string At(int cutoff) => string.Create(CultureInfo.InvariantCulture, $"@{cutoff}");

    private static XElement Quiet(string text) => new("p", new XAttribute("class", "quiet"), HtmlPage.Clean(text));

    private static string Interval(IReadOnlyDictionary<string, double[]> intervals, string metric) =>
        intervals.TryGetValue(metric, out double[]? interval) ? $"({Chart.Show(interval[0])} to {Chart.Show(interval[1])})" : string.Empty;

    private static string Show(double? value) => value is { } v ? Chart.Show(v) : "none";
}
