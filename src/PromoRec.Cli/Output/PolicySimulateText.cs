using System.Globalization;

namespace PromoRec.Cli.Output;

/// <summary>Writes for people what became of a history, side by side under two policies where there are two.</summary>
internal static class PolicySimulateText
{
    public static void Write(TextWriter text, PolicySimulateReport report)
    {
        text.WriteLine(
            $"{Quantity.Count(report.Attempts, "attempt", "attempts")} to push to {Quantity.Count(report.Customers, "customer", "customers")}, {Day(report.First)} to {Day(report.Last)}, in {Quantity.Seconds(report.Seconds)}:");
        (string nameOfA, string nameOfB) = Names(report);
        var table = report.Against is null ? new TextTable(string.Empty, ">pushes", ">share") : new TextTable(string.Empty, $">{nameOfA}", $">{nameOfB}", $">{nameOfA} minus {nameOfB}");
        PolicyReplayReport a = report.Policies;
        PolicyReplayReport? b = report.Against;
        Row("sent at once", a.SentAtOnce, b?.SentAtOnce);
        Row("sent later", a.SentLater, b?.SentLater);
        if (a.SentInDigests > 0 || b?.SentInDigests > 0)
        {
            Row("  in digests", a.SentInDigests, b?.SentInDigests);
        }

        Row("dropped", a.Dropped, b?.Dropped);
        Rows("dropped: ", a.Drops, b?.Drops);
        Rows("deferred: ", a.Deferrals, b?.Deferrals);
        Rows("sent over ", a.Channels, b?.Channels);
        table.Write(text);
        text.WriteLine();
        WriteCustomers(text, report);
        if (report.Comparison is { } comparison)
        {
            text.WriteLine();
            text.WriteLine(
                $"Sent by both: {Count(comparison.SentByBoth)}. Only by {nameOfA}: {Count(comparison.SentOnlyByPolicies)}. Only by {nameOfB}: {Count(comparison.SentOnlyByAgainst)}. By neither: {Count(comparison.SentByNeither)}.");
        }

        void Row(string name, long first, long? second)
        {
            if (second is { } other)
            {
                table.Add(name, Count(first), Count(other), Signed(first - other));
            }
            else
            {
                table.Add(name, Count(first), string.Create(CultureInfo.InvariantCulture, $"{100.0 * first / Math.Max(1, report.Attempts):0.0} %"));
            }
        }

        void Rows(string prefix, IReadOnlyDictionary<string, long> first, IReadOnlyDictionary<string, long>? second)
        {
            foreach (string key in first.Keys.Union(second?.Keys ?? []))
            {
                Row(prefix + key, first.GetValueOrDefault(key), second?.GetValueOrDefault(key));
            }
        }
    }

    private static void WriteCustomers(TextWriter text, PolicySimulateReport report)
    {
        text.WriteLine("Sends to a customer who was sent any:");
        var table = new TextTable(string.Empty, ">customers", ">mean", ">median", ">90 %", ">95 %", ">99 %", ">most");
        (string nameOfA, string nameOfB) = Names(report);
        Rows(report.Against is null ? string.Empty : $"{nameOfA}: ", report.Policies);
        if (report.Against is { } against)
        {
            Rows($"{nameOfB}: ", against);
        }

        table.Write(text);

        void Rows(string name, PolicyReplayReport policy)
        {
            Row(name + "in all", policy, policy.SendsPerCustomer);
            Row(name + "fullest day", policy, policy.FullestDay);
            Row(name + "fullest week", policy, policy.FullestWeek);
        }

        void Row(string name, PolicyReplayReport policy, Distribution spread) => table.Add(
            name, Count(policy.CustomersReached), Quantity.Number(Math.Round(spread.Mean, 2)), Count(spread.Median), Count(spread.P90), Count(spread.P95), Count(spread.P99), Count(spread.Max));
    }

    /// <summary>What the two files are called: their names, or their paths where the names are the same.</summary>
    private static (string Policies, string Against) Names(PolicySimulateReport report)
    {
        (string a, string b) = (report.Policies.File, report.Against?.File ?? string.Empty);
        return a == b ? ($"{a} (--policies)", $"{b} (--against)")
            : Path.GetFileName(a) == Path.GetFileName(b) ? (a, b)
            : (Path.GetFileName(a), Path.GetFileName(b));
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Signed(long count) => count.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture);
}
