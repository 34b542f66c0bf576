using System.Globalization;
using System.Text.Json;

namespace PromoRec.Cli.Output;

/// <summary>Writes a plan for people.</summary>
internal static class PlanText
{
    public static void Write(TextWriter text, PlanReport report, int rows)
    {
        text.WriteLine(
            $"{Quantity.Count(report.Decisions.Count, "push", "pushes")} of {Quantity.Count(report.Offers, "offer", "offers")} to {Quantity.Count(report.Customers, "customer", "customers")} at {Time(report.At)}: "
            + string.Create(CultureInfo.InvariantCulture, $"{report.Sent:N0} to send, {report.Deferred:N0} deferred, {report.Dropped:N0} dropped."));
        // Where not all can be shown, what goes out is worth more than what does not.
        bool isAll = report.Decisions.Count <= rows;
        PlanEntry[] shown = [.. report.Decisions.OrderBy(entry => !isAll && entry.Outcome == "drop").Take(rows)];
        if (Array.Exists(shown, entry => entry.Decision is not null))
        {
            WriteExplained(text, shown);
        }
        else if (shown.Length > 0)
        {
            WriteTable(text, shown);
        }

        if (!isAll)
        {
            text.WriteLine($"  {Quantity.Count(report.Decisions.Count - shown.Length, "more is", "more are")} not shown, drops before others; --rows N shows more, and --out FILE writes all.");
        }

        if (report.Reasons.Count > 0)
        {
            text.WriteLine("Not sent now, by reason:");
            var reasons = new TextTable("reason", ">pushes");
            foreach ((string reason, long count) in report.Reasons)
            {
                reasons.Add(reason, count.ToString("N0", CultureInfo.InvariantCulture));
            }

            reasons.Write(text);
        }
    }

    private static void WriteTable(TextWriter text, PlanEntry[] entries)
    {
        var table = new TextTable("user", "offer", "channel", "outcome", "until", "reason", "rule");
        foreach (PlanEntry entry in entries)
        {
            table.Add(Cells(entry));
        }

        table.Write(text);
    }

    private static void WriteExplained(TextWriter text, PlanEntry[] entries)
    {
        foreach (PlanEntry entry in entries)
        {
            text.WriteLine($"  {string.Join("  ", Cells(entry).Where(cell => cell.Length > 0))}");
            if (entry.Decision is { } decision && decision.TryGetProperty("rules", out JsonElement rules))
            {
                foreach (JsonElement rule in rules.EnumerateArray())
                {
                    text.WriteLine($"    {Explain(rule)}");
                }
            }
        }
    }

    /// <summary>"cap:all:3/7d drops, frequency_cap (sent 3, limit 3); changes with limit 4".</summary>
    private static string Explain(JsonElement rule)
    {
        string says = rule.TryGetProperty("says", out JsonElement verdict) ? $"{verdict.GetString()}s, {rule.GetProperty("reason").GetString()}" : "allows";
        string saw = rule.TryGetProperty("saw", out JsonElement seen) ? $" ({Members(seen)})" : string.Empty;
        string flip = rule.TryGetProperty("flip", out JsonElement change) ? $"; would change with {Members(change)}" : string.Empty;
        return $"{rule.GetProperty("rule").GetString()} {says}{saw}{flip}";
    }

    private static string Members(JsonElement value) => string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name} {member.Value}"));

    private static string[] Cells(PlanEntry entry) =>
        [entry.User, entry.Offer, entry.Channel, entry.Outcome, entry.Until is { } until ? Time(until) : string.Empty, entry.Reason ?? string.Empty, entry.Rule ?? string.Empty];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
