using System.Globalization;
using PromoRec.Cli.Commands;

namespace PromoRec.Cli.Output;

/// <summary>Writes a comparison for people.</summary>
internal static class CompareText
{
    public static void Write(TextWriter text, CompareReport report)
    {
        string since = report.Cut is { } cut ? $" since {TimeSplit.TimeOf(cut)}" : string.Empty;
        text.WriteLine($"{Quantity.Count(report.Users, "test customer", "test customers")}{since}{(report.Ratings is { } ratings ? $", {Quantity.Count(ratings, "rating", "ratings")}" : string.Empty)}, {EvaluationText.Explain(report.Protocol)}; intervals of {Percent(report.ConfidenceLevel)} %:");
        string[] metrics = [.. report.Algorithms[0].Metrics.Keys];
        var table = new TextTable(["algorithm", .. metrics, ">training"]);
        foreach (CompareEntry entry in report.Algorithms)
        {
            table.Add([entry.Name, .. metrics.Select(metric => Cell(entry, metric)), Quantity.Seconds(entry.TrainSeconds)]);
        }

        table.Write(text);
        foreach (CompareVerdict verdict in report.Comparisons)
        {
            text.WriteLine(Sentence(verdict));
        }

        if (report.Algorithms.Count > 2 && report.Comparisons.Count > 0)
        {
            text.WriteLine($"A winner is surely {(report.Comparisons[0].LowestWins ? "below" : "above")} all others: each of {report.Algorithms.Count - 1} differences has an interval of {Percent(report.Comparisons[0].IntervalLevel)} %, so that by one metric there is {Percent(report.ConfidenceLevel)} % confidence in the winner.");
        }

        if (report.SeenPairs > 0)
        {
            text.WriteLine($"{Quantity.Count(report.SeenPairs, "test row was left out because the customer had the item in training", "test rows were left out because the customers had the items in training")}; --keep-consumed keeps them.");
        }
    }

    /// <summary>Who wins by a metric, and by how much.</summary>
    public static string Sentence(CompareVerdict verdict)
    {
        CompareRank best = verdict.Ranking[0];
        CompareRank second = verdict.Ranking[1];
        string gap = $"{Show(second.Behind)} {(verdict.LowestWins ? "below" : "above")} {second.Name} ({Percent(verdict.IntervalLevel)} % interval {Show(second.Interval![0])} to {Show(second.Interval[1])})";
        string[] open = [.. verdict.Ranking.Skip(1).Where(rank => !rank.IsBehind).Select(rank => rank.Name)];
        return verdict.Winner is not null
            ? $"{verdict.Metric}: {best.Name} wins, {gap}."
            : $"{verdict.Metric}: no difference between {best.Name} and {string.Join(", ", open)}; {best.Name} is {gap}.";
    }

    private static string Percent(double level) => Quantity.Number(Math.Round(100 * level, 2));

    private static string Cell(CompareEntry entry, string metric) =>
        entry.ConfidenceIntervals.TryGetValue(metric, out double[]? interval) ? $"{Show(entry.Metrics[metric])} ({Show(interval[0])} to {Show(interval[1])})" : Show(entry.Metrics[metric]);

    private static string Show(double? value) => value is { } v ? v.ToString("0.0000", CultureInfo.InvariantCulture) : "none";
}
