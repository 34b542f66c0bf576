using System.Globalization;

namespace PromoRec.Cli.Output;

/// <summary>What commands say of linear models to a person.</summary>
internal static class LinearText
{
    public static void Write(TextWriter text, LinearFitReport report)
    {
        text.WriteLine($"Model {report.Version}: {report.Loss}, {Quantity.Count(report.Fields, "field", "fields")}, {Quantity.Count(report.Columns, "column", "columns")}, {Quantity.Count(report.NonZeroWeights, "weight", "weights")} not 0.");
        string iterations = report.Iterations is { } count ? $", {Quantity.Count(count, "iteration", "iterations")}" : string.Empty;
        text.WriteLine($"Took {Quantity.Seconds(report.Seconds)}: reading {Quantity.Seconds(report.ReadSeconds)}, training {Quantity.Seconds(report.TrainSeconds)}{iterations} on {Quantity.Count(report.Examples, "example", "examples")}.");
        if (report.Objective is { } objective)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Objective {objective:F4}{(report.Converged == false ? ", not converged" : string.Empty)}."));
        }

        if (report.CalibrationExamples > 0)
        {
            text.WriteLine($"Probabilities: {report.Calibration}, fitted to {Quantity.Count(report.CalibrationExamples, "example", "examples")} of their own.");
        }

        text.WriteLine($"Saved to {report.Model}");
    }

    public static void Write(TextWriter text, LinearEvaluateReport report)
    {
        string positives = report.Positives is { } share ? $", {Quantity.Number(100 * share)} % true" : string.Empty;
        text.WriteLine($"{Quantity.Count(report.Examples, "example", "examples")}{positives}; model {report.Version}, {report.Loss}");
        var table = new TextTable("metric", ">value");
        foreach ((string name, double? value) in report.Metrics)
        {
            table.Add(name == "ece" ? $"ece ({report.Bins} bins)" : name, value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) : "-");
        }

        table.Write(text);
        foreach (ScoreEntry entry in report.Explanations)
        {
            text.WriteLine($"Line {entry.Line}: label {Quantity.Number(entry.Label)}, score {Quantity.Number(entry.Score)}{(entry.Probability is { } p ? $", probability {Quantity.Number(p)}" : string.Empty)}");
            var parts = new TextTable(">adds", "feature");
            parts.Add(Quantity.Number(entry.Intercept), "(every example)");
            foreach (ContributionEntry one in entry.Contributions)
            {
                parts.Add(Quantity.Number(one.Contribution), one.Feature);
            }

            parts.Add(Quantity.Number(entry.Rest), "(all others)").Write(text);
        }
    }
}
