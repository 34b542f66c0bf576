using System.Globalization;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Writing;

/// <summary>Writes the metrics of every customer of an evaluation.</summary>
internal static class PerUserFile
{
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, EvaluationResult result, CancellationToken cancellationToken)
    {
        // Metrics that only all customers together have would be an empty column.
        int[] columns = [.. Enumerable.Range(0, result.Metrics.Count).Where(i => result.Metrics[i].Metric.IsPerUser)];
        ShopFiles.Write(path, csv =>
        {
            csv.WriteRecord(["user", "known", "relevant", .. columns.Select(i => result.Metrics[i].Metric.ToString())]);
            foreach (UserEvaluation user in result.PerUser)
            {
                cancellationToken.ThrowIfCancellationRequested();
                csv.WriteField(user.User.ToString());
                csv.WriteField(user.IsKnown ? "true" : "false");
                csv.WriteField(user.Relevant.ToString(CultureInfo.InvariantCulture));
                foreach (int i in columns)
                {
                    csv.WriteField(double.IsFinite(user.Values[i]) ? ShopFiles.Number(user.Values[i]) : string.Empty);
                }

                csv.EndRecord();
            }
        });
    }
}
