using System.Globalization;
using PromoRec.Cli.Output;
using PromoRec.Datasets;

namespace PromoRec.Cli.Commands;

/// <summary>What the demo tells somebody who has never seen a recommender.</summary>
internal static class DemoText
{
    private const string Indent = "      ";

    private static readonly IReadOnlyDictionary<string, double[]> NoIntervals = new Dictionary<string, double[]>();

    public static void Shop(TextWriter text, DemoData data, InteractionSplit split)
    {
        int customers = data.Interactions.Select(interaction => interaction.User).Distinct().Count();
        text.WriteLine("1. The shop");
        string[] kinds = [.. data.Interactions.GroupBy(interaction => interaction.Kind).OrderByDescending(kind => kind.Count()).Take(4).Select(kind => $"{kind.Count():N0} {kind.Key}")];
        text.WriteLine($"   {data.Origin} {Quantity.Count(customers, "customer", "customers")} and {Quantity.Count(data.Interactions.Count, "interaction", "interactions")} ({string.Join(", ", kinds)}, ...).");
        text.WriteLine($"   There are {Quantity.Count(data.Catalog.Offers.Count, "offer", "offers")}. What happened before {Day(split.Cut)} is for learning, what came after is kept aside as the test.");
        text.WriteLine();
        text.Flush();
    }

    public static void Training(TextWriter text, FitReport training)
    {
        text.WriteLine("2. Training");
        text.WriteLine($"   Learnt {training.Factors} numbers for each of {Quantity.Count(training.Users, "customer", "customers")} and {Quantity.Count(training.Items, "item", "items")} in {Quantity.Seconds(training.TrainSeconds)} ({Quantity.Seconds(training.IterationSeconds.Average())} an iteration).");
        text.WriteLine();
        text.Flush();
    }

    public static void Quality(TextWriter text, DemoReport report)
    {
        text.WriteLine("3. Does it help?");
        text.WriteLine($"   Compared with showing everybody what is popular, on what {Quantity.Count(report.Users, "customer", "customers")} bought later.");
        text.WriteLine($"   Of 10 items shown, at least one was bought by {Percent(report.Metrics["hr@10"])} of the customers; with popularity alone by {Percent(report.Popularity["hr@10"])}.");
        EvaluationText.WriteTable(text, report.Metrics, NoIntervals, 0, report.Popularity, Indent);
        if (report is { OfferMetrics: { } metrics, OfferPopularity: { } popularity })
        {
            text.WriteLine();
            text.WriteLine($"   The same for offers, on what {Quantity.Count(report.OfferUsers, "customer", "customers")} redeemed later: 5 offers held one of them for {Percent(metrics["hr@5"])}; by popularity for {Percent(popularity["hr@5"])}.");
            EvaluationText.WriteTable(text, metrics, NoIntervals, 0, popularity, Indent);
        }

        text.WriteLine("   All go from 0 to 1, more is better. hr: share of customers who got at least one right. ndcg: right ones near the top count more.");
        text.WriteLine("   recall: share of the right ones that were shown. mrr: 1 over the place of the first right one. @10: among the first 10.");
        text.WriteLine();
        text.Flush();
    }

    public static void Rankings(TextWriter text, DemoReport report)
    {
        text.WriteLine($"4. Offers for a few customers, as of {Day(report.Cut)}");
        foreach (RankReport ranking in report.Rankings)
        {
            string origin = ranking.Tier == "als" ? "by what they did" : "not known yet, so by popularity";
            text.WriteLine($"   {ranking.User} ({origin}):");
            RankingText.WriteTable(text, ranking, Indent);
        }

        text.WriteLine();
        text.Flush();
    }

    public static void End(TextWriter text, DemoReport report, string folder, DateTimeOffset cut, bool isSimulated)
    {
        text.WriteLine($"Done in {Quantity.Seconds(report.Seconds)}. The model is in {report.Model}");
        if (isSimulated)
        {
            string at = cut.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.WriteLine("The shop's files are beside it. Try (in a clone, with 'dotnet run -c Release --project src/PromoRec.Cli --' for promorec):");
            text.WriteLine($"  promorec rank --model {Quoted(Path.Combine(folder, "model.safetensors"))} --user {report.Rankings[0].User} --offers {Quoted(Path.Combine(folder, "offers.csv"))} --items {Quoted(Path.Combine(folder, "items.csv"))} --at {at} --explain");
            text.WriteLine($"  promorec inspect {Quoted(Path.Combine(folder, "model.safetensors"))}");
        }
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

    private static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? "today";

    private static string Percent(double? share) => string.Create(CultureInfo.InvariantCulture, $"{100 * (share ?? 0):0} %");
}
