using System.Globalization;

namespace PromoRec.Cli.Output;

/// <summary>Writes for people why an offer has a place in a ranking, or has none.</summary>
internal static class WhyText
{
    private const int MostLines = 8;

    /// <param name="text">Takes the text.</param>
    /// <param name="report">The explanation.</param>
    /// <param name="nameOf">What an item is called.</param>
    /// <param name="language">The tag of the language of the reasons.</param>
    public static void Write(TextWriter text, WhyReport report, Func<string, string> nameOf, string language)
    {
        string what = report.Text is { } name ? $" ({ReasonWording.Short(name)})" : string.Empty;
        text.WriteLine($"Offer {report.Offer}{what} for {report.User}, from {RankingText.Explain(report.Tier)}:");
        text.WriteLine($"  {Verdict(report)}");
        if (TierSentence(report.TierReason) is { } why)
        {
            text.WriteLine($"  {why}");
        }

        if (report.Reasons.Count > 0)
        {
            text.WriteLine($"  What speaks for it: {ReasonWording.Joined(report.Reasons, language)}{ReasonWording.Stop(language)}");
        }

        WriteSources(text, report.Sources);
        if (report.Signals is { } signals)
        {
            text.WriteLine($"  What adds to its log odds, which start at {Quantity.Number(report.Intercept ?? 0)}:");
            WriteList(text, "signal", signals.Select(signal => (signal.Name, signal.Contribution)));
        }

        if (report.PastItems.Count > 0)
        {
            text.WriteLine("  What past items add to its score:");
            WriteList(text, "item", report.PastItems.Select(item => (Both(item.Item, nameOf(item.Item)), item.Contribution)));
        }
    }

    /// <summary>Items may be called the same, so that the id is there too.</summary>
    private static string Both(string id, string name) => name == id ? id : $"{name} ({id})";

    private static string Verdict(WhyReport report) => report.Stage switch
    {
        "returned" => $"Returned at place {report.Place} of {report.Returned}, with {(report.ExpectedValue is { } value ? $"expected value {Number(value)}, " : string.Empty)}score {Number(report.Score)}{Probability(report)}.",
        "outscored" when report.ExpectedValue is not null => $"Not returned: its {Measure(report)} has place {report.Place}, and the last of the {report.Returned} returned has {Number(report.LastExpectedValue)}. "
            + (report.Deficit > 0 ? $"It lost by {Number(report.Deficit)}." : "Between equal expected values the higher score comes first, and then the smaller id."),
        "outscored" => $"Not returned: its score {Number(report.Score)} has place {report.Place}{Probability(report)}, and the last of the {report.Returned} returned has {Number(report.LastScore)}. "
            + (report.Deficit > 0 ? $"It lost by {Number(report.Deficit)}." : "Between equal scores the smaller id comes first."),
        "reranked" when report.Limit is { } limit => $"Not returned: its {Measure(report)} has place {report.Place}, but {Quantity.Count(limit.Most, "offer", "offers")} of the {Group(report.Exclusion)} {limit.Name} had places already, and no more may have one.",
        "reranked" => $"Not returned: its {Measure(report)} has place {report.Place}, but re-ranking gave that place to another.",
        "not-named" => "Not returned: no member of the hybrid named it, so it was not put in order.",
        "left-out" => $"Left out: {Exclusion(report.Exclusion)}.",
        _ => "There is no such offer among those that were read.",
    };

    private static string Exclusion(string? exclusion) => exclusion switch
    {
        "notValidNow" => "it is not valid at that time",
        "notInSegment" => "it is for segments in which the customer is not",
        "redeemed" => "the customer redeemed it already; --keep-consumed would show it",
        "purchased" => "the customer bought what it aims at already; --keep-consumed would show it",
        _ => "it was not asked for",
    };

    private static string Group(string? exclusion) => exclusion switch
    {
        "overCategoryLimit" => "category",
        "overBrandLimit" => "brand",
        _ => "quota",
    };

    private static string? TierSentence(string reason) => reason switch
    {
        "no-model" => "Nothing was learnt yet, so the order is that of the ids.",
        "nothing-known" => "Nothing is known of the customer that tells offers apart, so what everybody wants decided.",
        "higher-did-not-win" => "A higher tier did not do better when they were compared, so it may not serve.",
        _ => null,
    };

    private static void WriteSources(TextWriter text, IReadOnlyList<SourceEntry> sources)
    {
        if (sources.Count == 0)
        {
            return;
        }

        bool fused = sources.Any(source => source.Quota is not null);
        var table = new TextTable(["source", ">score", ">rank", .. fused ? [">may name", ">last named", ">adds"] : Array.Empty<string>()]);
        foreach (SourceEntry source in sources)
        {
            string rank = source.Rank is { } place ? $"{place}" : "-";
            string[] fusedCells = [Whole(source.Quota), Number(source.LastNamedScore), Number(source.Term)];
            table.Add([source.Name, source.Answered ? Number(source.Score) : "knows nothing", rank, .. fused ? fusedCells : []]);
        }

        table.Write(text, "    ");
    }

    private static void WriteList(TextWriter text, string heading, IEnumerable<(string Name, double Adds)> lines)
    {
        (string Name, double Adds)[] all = [.. lines];
        var table = new TextTable(heading, ">adds");
        foreach ((string name, double adds) in all.Take(MostLines))
        {
            table.Add(name, Quantity.Number(adds));
        }

        if (all.Length > MostLines)
        {
            table.Add($"{all.Length - MostLines} more", Quantity.Number(all.Skip(MostLines).Sum(line => line.Adds)));
        }

        table.Write(text, "    ");
    }

    /// <summary>What decides about its place.</summary>
    private static string Measure(WhyReport report) =>
        report.ExpectedValue is { } value ? $"expected value {Number(value)}, with score {Number(report.Score)}{Probability(report)}," : $"score {Number(report.Score)}";

    private static string Probability(WhyReport report) =>
        report.Probability is { } probability ? string.Create(CultureInfo.InvariantCulture, $" and probability {probability:0.####}") : string.Empty;

    private static string Number(float? value) => value is { } number ? Quantity.Number(number) : "-";

    private static string Whole(int? value) => value is { } number ? $"{number}" : "-";
}
