using System.Globalization;

namespace PromoRec.Evaluation;

/// <summary>A ranking metric with its cut-off: "ndcg@10", "auc".</summary>
public readonly record struct RankingMetric
{
    /// <summary>Largest cut-off.</summary>
    public const int MaxCutoff = 100_000;

    private static readonly string[] Names = ["hr", "precision", "recall", "f1", "ndcg", "map", "mrr", "auc", "coverage", "novelty"];

    /// <summary>Names a metric.</summary>
    /// <param name="kind">What it measures.</param>
    /// <param name="cutoff">How many places count: 1 to <see cref="MaxCutoff"/>, and 0 for <see cref="RankingMetricKind.Auc"/>, which has none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not known, or the cut-off is outside of its range.</exception>
    public RankingMetric(RankingMetricKind kind, int cutoff)
    {
        if ((uint)kind >= (uint)Names.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of metric is not known.");
        }

        bool hasCutoff = kind != RankingMetricKind.Auc;
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, hasCutoff ? 1 : 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, hasCutoff ? MaxCutoff : 0);
        Kind = kind;
        Cutoff = cutoff;
    }

    /// <summary>What it measures.</summary>
    public RankingMetricKind Kind { get; }

    /// <summary>How many places of the ranking count; 0 where all do.</summary>
    public int Cutoff { get; }

    /// <summary>Whether each customer has a value of their own. Coverage is the one metric for which that is not so.</summary>
    public bool IsPerUser => Kind != RankingMetricKind.Coverage;

    private static string Allowed => string.Join(", ", Names.Select(name => name == "auc" ? name : name + "@k"));

    /// <summary>Reads one metric: "hr@10". Upper and lower case are the same.</summary>
    /// <exception cref="FormatException">The text does not name a metric; the message lists those that do.</exception>
    public static RankingMetric Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text.Trim(), "The metric");
    }

    /// <summary>Reads a comma-separated list of metrics: "hr@10,ndcg@10,auc". Spaces around the names do not matter.</summary>
    /// <exception cref="FormatException">The list is empty, or an entry does not name a metric or is there twice; the message says which one and where.</exception>
    public static IReadOnlyList<RankingMetric> ParseList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException($"The list of metrics is empty. Name at least one of: {Allowed}.");
        }

        var metrics = new List<RankingMetric>();
        int start = 0;
        foreach (string part in text.Split(','))
        {
            int blanks = part.Length - part.TrimStart().Length;
            string subject = $"Metric {metrics.Count + 1} of the list, at character {start + blanks + 1},";
            RankingMetric metric = Parse(part.Trim(), subject);
            if (metrics.Contains(metric))
            {
                throw new FormatException($"{subject} is '{metric}', which is in the list already. Name it once.");
            }

            metrics.Add(metric);
            start += part.Length + 1;
        }

        return metrics;
    }

    /// <summary>The name: "hr@10", "auc".</summary>
    public override string ToString() =>
        Cutoff == 0 ? Names[(int)Kind] : string.Create(CultureInfo.InvariantCulture, $"{Names[(int)Kind]}@{Cutoff}");

    private static RankingMetric Parse(string text, string subject)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string name = at < 0 ? text : text[..at];
        int kind = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (kind < 0)
        {
            throw new FormatException($"{subject} is '{text}', which is not known. Allowed are: {Allowed}.");
        }

        if ((RankingMetricKind)kind == RankingMetricKind.Auc)
        {
            return at < 0
                ? new RankingMetric(RankingMetricKind.Auc, 0)
                : throw new FormatException($"{subject} is '{text}', but auc has no cut-off. Write 'auc'.");
        }

        if (at < 0 || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int cutoff) || cutoff is < 1 or > MaxCutoff)
        {
            throw new FormatException($"{subject} is '{text}', which needs a cut-off from 1 to {MaxCutoff}: '{Names[kind]}@10', for instance.");
        }

        return new RankingMetric((RankingMetricKind)kind, cutoff);
    }
}
