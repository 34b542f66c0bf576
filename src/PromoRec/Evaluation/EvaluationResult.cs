namespace PromoRec.Evaluation;

/// <summary>What an evaluation found.</summary>
public sealed class EvaluationResult
{
    internal EvaluationResult(IReadOnlyList<MetricEstimate> metrics, IReadOnlyList<UserEvaluation> perUser)
    {
        Metrics = metrics;
        PerUser = perUser;
    }

    /// <summary>The metrics, in the order in which they were asked for.</summary>
    public IReadOnlyList<MetricEstimate> Metrics { get; }

    /// <summary>The customers one by one, in ordinal order of their ids.</summary>
    public IReadOnlyList<UserEvaluation> PerUser { get; }

    /// <summary>Customers that the figures rest on.</summary>
    public int Users => PerUser.Count;

    /// <summary>Test customers that the model does not know, whether they were ranked by popularity or left out.</summary>
    public int UnknownUsers { get; init; }

    /// <summary>Test customers that were left out: unknown, where the options exclude those, or with nothing left to find.</summary>
    public int SkippedUsers { get; init; }

    /// <summary>Test pairs whose item the model does not know. They count as relevant.</summary>
    public int UnknownItemPairs { get; init; }

    /// <summary>Test pairs that were left out because they are in the training data.</summary>
    public int SeenPairs { get; init; }

    /// <summary>A metric by its name: "hr@10".</summary>
    /// <exception cref="KeyNotFoundException">It was not asked for.</exception>
    public MetricEstimate this[string name]
    {
        get
        {
            foreach (MetricEstimate estimate in Metrics)
            {
                if (estimate.Metric.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return estimate;
                }
            }

            throw new KeyNotFoundException($"The metric '{name}' was not evaluated. There are: {string.Join(", ", Metrics.Select(estimate => estimate.Metric))}.");
        }
    }
}
