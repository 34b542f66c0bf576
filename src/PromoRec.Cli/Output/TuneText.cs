using System.Globalization;
using PromoRec.Cli.Commands;

namespace PromoRec.Cli.Output;

/// <summary>Writes the result of a search for people.</summary>
internal static class TuneText
{
    private const int Shown = 5;

    public static void Write(TextWriter text, TuneReport report)
    {
        int trials = report.Evaluations.Select(one => one.Trial).Distinct().Count();
        text.WriteLine($"{Quantity.Count(trials, "trial", "trials")}, {Quantity.Count(report.Evaluations.Count, "evaluation", "evaluations")} on {Quantity.Count(report.Rungs, "rung", "rungs")} in {Quantity.Seconds(report.Seconds)}; {Quantity.Count(report.Users, "test customer", "test customers")}{(report.Cut is { } cut ? $" since {TimeSplit.TimeOf(cut)}" : ", their test rows drawn at random")}.");
        if (report.RanOutOfTime)
        {
            text.WriteLine(report.Share < 1 ? $"The time was over before all customers were measured: the scores rest on {Quantity.Number(Math.Round(100 * report.Share, 1))} % of them." : "The time was over before all trials were made.");
        }

        var table = new TextTable([$">{report.Metric}", "with"]);
        foreach (TuneEntry entry in report.Evaluations.Where(one => one.Share == report.Share && one.Score is not null).OrderByDescending(one => report.LowestWins ? -one.Score : one.Score).ThenBy(one => one.Trial).Take(Shown))
        {
            table.Add(Show(entry.Score), entry.Algorithm);
        }

        table.Write(text);
        text.WriteLine($"The best has {report.Metric} {Show(report.Score)}, the options' usual values {Show(report.UsualScore)}. It was chosen on these customers: measure it on {(report.Cut is null ? "others" : "later ones")} before you rely on the figure.");
        text.WriteLine(report.Command);
    }

    private static string Show(double? value) => value is { } v ? v.ToString("0.0000", CultureInfo.InvariantCulture) : "not measured";
}
