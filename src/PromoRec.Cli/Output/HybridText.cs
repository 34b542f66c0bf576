using System.Globalization;
using PromoRec.Cli.Commands;

namespace PromoRec.Cli.Output;

/// <summary>Writes for people what a hybrid is made of.</summary>
internal static class HybridText
{
    public static void Write(TextWriter text, HybridReport report)
    {
        string what = report.Cut is { } cut ? $" since {TimeSplit.TimeOf(cut)}" : ", by pairs held out at random";
        string compared = report.Customers is > 0 and var customers ? $", compared by {report.Metric} on {Quantity.Count(customers, "customer", "customers")}{what}" : string.Empty;
        if (report.Stacking is { Occasions: var occasions })
        {
            text.WriteLine($"Stacked on {Quantity.Count(occasions.Sum(one => one.Taken), "offer that was taken", "offers that were taken")} after {Quantity.Count(occasions.Count, "moment", "moments")} from {TimeSplit.TimeOf(occasions[0].At)} on.");
        }

        text.WriteLine($"Members, {report.Fusion}{compared}:");
        var members = new TextTable("member", ">weight", ">may name");
        foreach (HybridMemberEntry member in report.Members)
        {
            members.Add(member.Name, member.Weight switch { null => "learnt", 0 => "left out", { } weight => Show(weight) }, member.Candidates > 0 ? $"{member.Candidates}" : "-");
        }

        members.Write(text);
        if (report.Ladder.Count == 0)
        {
            text.WriteLine("No ladder: nothing was compared, so every tier serves.");
            return;
        }

        text.WriteLine("Ladder, from the bottom up:");
        var ladder = new TextTable("tier", "best", $">{report.Metric ?? "value"}", ">lead", "serves");
        foreach (HybridRungEntry rung in report.Ladder)
        {
            ladder.Add(rung.Tier, rung.Name, Show(rung.Value), Show(rung.Lead), rung.Serves ? "yes" : "no");
        }

        ladder.Write(text);
    }

    private static string Show(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
