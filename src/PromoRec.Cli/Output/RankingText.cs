namespace PromoRec.Cli.Output;

/// <summary>Writes a ranking for people.</summary>
internal static class RankingText
{
    /// <param name="text">Takes the table.</param>
    /// <param name="report">The ranking.</param>
    /// <param name="language">The tag of the language of reasons.</param>
    public static void Write(TextWriter text, RankReport report, string language)
    {
        string what = report.Excluded is null ? "Items" : "Offers";
        text.WriteLine($"{what} for {report.User}, from {Explain(report.Tier)}:");
        if (report.Ranking.Count == 0)
        {
            text.WriteLine(report.Excluded is null
                ? "  None: the customer has every item that the model knows. Those are shown with --keep-consumed."
                : "  None: every offer is left out.");
        }
        else
        {
            WriteTable(text, report, language: language);
        }

        if (report.Excluded is { } excluded && excluded.Values.Sum() > 0)
        {
            string[] parts = [.. excluded.Where(e => e.Value > 0).Select(e => $"{e.Value} {Explain(e.Key)}")];
            text.WriteLine($"Left out: {string.Join(", ", parts)}.");
        }
    }

    public static void WriteTable(TextWriter text, RankReport report, string indent = "  ", string language = "en")
    {
        bool probabilities = report.Ranking.Any(entry => entry.Probability is not null);
        bool texts = report.Ranking.Any(entry => entry.Text is not null);
        bool values = report.Ranking.Any(entry => entry.ExpectedValue is not null);
        bool reasons = report.Ranking.Any(entry => entry.Reasons is not null);
        string[] headings = [">place", report.Excluded is null ? "item" : "offer", ">score", .. probabilities ? [">probability"] : Array.Empty<string>(), .. values ? [">value"] : Array.Empty<string>(), .. texts ? ["text"] : Array.Empty<string>(), .. reasons ? ["why"] : Array.Empty<string>()];
        var table = new TextTable(headings);
        for (int i = 0; i < report.Ranking.Count; i++)
        {
            RankedEntry entry = report.Ranking[i];
            string[] cells =
            [
                $"{i + 1}",
                entry.Offer ?? entry.Item ?? string.Empty,
                Quantity.Number(entry.Score),
                .. probabilities ? [entry.Probability is { } probability ? Quantity.Number(probability) : "-"] : Array.Empty<string>(),
                .. values ? [entry.ExpectedValue is { } value ? Quantity.Number(value) : "-"] : Array.Empty<string>(),
                .. texts ? [ReasonWording.Short(entry.Text ?? string.Empty)] : Array.Empty<string>(),
                .. reasons ? [ReasonWording.Joined(entry.Reasons ?? [], language)] : Array.Empty<string>(),
            ];
            table.Add(cells);
        }

        table.Write(text, indent);
    }

    /// <summary>What the name of a tier, or of a reason for leaving offers out, means.</summary>
    public static string Explain(string name) => name switch
    {
        "als" or "neighbours" or "content" => "the model",
        "hybrid" => "several models together",
        "popularity" => "popularity",
        "rules" => "nothing learnt",
        "notValidNow" => "not valid now",
        "notInSegment" => "for other segments",
        "redeemed" => "redeemed already",
        "purchased" => "purchased already",
        "overCategoryLimit" => "over the limit of a category",
        "overBrandLimit" => "over the limit of a brand",
        _ => "not asked for",
    };
}
