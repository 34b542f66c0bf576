namespace PromoRec.Cli.Output;

/// <summary>Writes an evaluation for people.</summary>
internal static class EvaluationText
{
    public static void Write(TextWriter text, EvaluateReport report)
    {
        text.WriteLine($"{Quantity.Count(report.Users, "test customer", "test customers")}, {Explain(report.Protocol)}:");
        WriteTable(text, report.Metrics, report.ConfidenceIntervals, report.ConfidenceLevel, report.Popularity);
        if (report.Ratings is { } ratings)
        {
            text.WriteLine($"{Quantity.Count(ratings, "rating was", "ratings were")} predicted.");
        }

        WriteIf(text, report.UnknownUsers, "test customer is unknown to the model", "test customers are unknown to the model");
        WriteIf(text, report.SkippedUsers, "test customer was left out: unknown, or with nothing left to find", "test customers were left out: unknown, or with nothing left to find");
        string missed = report.Ratings is null ? "counts as missed" : "is predicted without it";
        string allMissed = report.Ratings is null ? "count as missed" : "are predicted without them";
        WriteIf(text, report.UnknownItemPairs, $"test row names an item that the model does not know; it {missed}", $"test rows name items that the model does not know; they {allMissed}");
        WriteIf(text, report.SeenPairs, "test row was left out because the customer had the item in training; --keep-consumed keeps it", "test rows were left out because the customers had the items in training; --keep-consumed keeps them");
    }

    public static void WriteTable(
        TextWriter text,
        IReadOnlyDictionary<string, double?> metrics,
        IReadOnlyDictionary<string, double[]> intervals,
        double level,
        IReadOnlyDictionary<string, double?>? popularity,
        string indent = "  ")
    {
        bool hasIntervals = intervals.Count > 0;
        var table = new TextTable(["metric", ">model", .. hasIntervals ? [$"{Quantity.Number(100 * level)} % interval"] : Array.Empty<string>(), .. popularity is null ? Array.Empty<string>() : [">popularity"]]);
        foreach ((string name, double? value) in metrics)
        {
            table.Add([
                name,
                Show(value),
                .. hasIntervals ? [intervals.TryGetValue(name, out double[]? interval) ? $"{Show(interval[0])} to {Show(interval[1])}" : string.Empty] : Array.Empty<string>(),
                .. popularity is null ? Array.Empty<string>() : [Show(popularity[name])]]);
        }

        table.Write(text, indent);
    }

    /// <summary>A protocol in words.</summary>
    public static string Explain(string protocol) => protocol switch
    {
        "full-catalog" => "ranking all items",
        "candidates" => "ranking each one's candidates",
        "offers" => "ranking the offers",
        "ratings" => "predicting their ratings",
        "rating-folds" => "predicting the ratings of each fold from those of the others",
        "rating-random" => "predicting ratings drawn at random from the others",
        "rating-holdout" => "predicting the last ratings from those before",
        _ => "ranking each one's candidate offers",
    };

    private static string Show(double? value) => value is { } v ? v.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture) : "none";

    private static void WriteIf(TextWriter text, int count, string one, string many)
    {
        if (count > 0)
        {
            text.WriteLine($"{Quantity.Count(count, one, many)}.");
        }
    }
}
