namespace PromoRec.Evaluation;

/// <summary>Turns ranked customers into metric values. Different customers may come from different threads.</summary>
internal sealed class MetricAccumulator
{
    private readonly RankingMetric[] _metrics;
    private readonly double[] _values;
    private readonly bool[]?[] _recommended;
    private readonly double[]? _selfInformation;

    /// <param name="metrics">What to compute.</param>
    /// <param name="users">Number of customers.</param>
    /// <param name="catalogSize">Number of things that can be recommended.</param>
    /// <param name="selfInformation">In bits, of each of them; only needed for novelty.</param>
    public MetricAccumulator(IReadOnlyList<RankingMetric> metrics, int users, int catalogSize, double[]? selfInformation)
    {
        _metrics = [.. metrics];
        _values = new double[(long)users * _metrics.Length];
        _recommended = Array.ConvertAll(_metrics, metric => metric.Kind == RankingMetricKind.Coverage ? new bool[catalogSize] : null);
        _selfInformation = selfInformation;
        Depth = _metrics.Max(metric => metric.Cutoff);
    }

    /// <summary>How many places of a ranking are needed; 0 where only the whole ranking is.</summary>
    public int Depth { get; }

    public bool NeedsAuc => Array.Exists(_metrics, metric => metric.Kind == RankingMetricKind.Auc);

    /// <summary>Checks what was asked for before any work is done.</summary>
    public static void ThrowUnlessMetrics(IReadOnlyList<RankingMetric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (metrics.Count == 0 || metrics.Any(metric => metric == default) || metrics.Distinct().Count() != metrics.Count)
        {
            throw new ArgumentException("Name at least one metric, and none of them twice.", nameof(metrics));
        }
    }

    /// <summary>Takes one customer's ranking.</summary>
    /// <param name="user">Position of the customer.</param>
    /// <param name="top">What stands at the first <see cref="Depth"/> places, as rows of the catalog; -1 for something outside of it.</param>
    /// <param name="relevant">Whether it is relevant, place by place.</param>
    /// <param name="relevantCount">Number of relevant ones in all.</param>
    /// <param name="auc">AUC of the whole ranking; any value where it is not needed.</param>
    public void Add(int user, ReadOnlySpan<int> top, ReadOnlySpan<bool> relevant, int relevantCount, double auc)
    {
        Span<double> values = ValuesOf(user);
        for (int i = 0; i < _metrics.Length; i++)
        {
            int k = _metrics[i].Cutoff;
            values[i] = _metrics[i].Kind switch
            {
                RankingMetricKind.Auc => auc,
                RankingMetricKind.Novelty => Novelty(top[..Math.Min(k, top.Length)]),
                RankingMetricKind.Coverage => Recommend(_recommended[i]!, top[..Math.Min(k, top.Length)]),
                _ => Value(_metrics[i], relevant, relevantCount),
            };
        }
    }

    /// <summary>The value of a metric for which it is enough to know what is relevant: of all but AUC, coverage and novelty.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="relevant">Whether what stands at a place is relevant, place by place.</param>
    /// <param name="relevantCount">Number of relevant ones in all.</param>
    public static double Value(RankingMetric metric, ReadOnlySpan<bool> relevant, int relevantCount) => metric.Kind switch
    {
        RankingMetricKind.HitRate => RankingMetrics.HitRate(relevant, metric.Cutoff),
        RankingMetricKind.Precision => RankingMetrics.Precision(relevant, metric.Cutoff),
        RankingMetricKind.Recall => RankingMetrics.Recall(relevant, metric.Cutoff, relevantCount),
        RankingMetricKind.F1 => RankingMetrics.F1(relevant, metric.Cutoff, relevantCount),
        RankingMetricKind.Ndcg => RankingMetrics.Ndcg(relevant, metric.Cutoff, relevantCount),
        RankingMetricKind.AveragePrecision => RankingMetrics.AveragePrecision(relevant, metric.Cutoff, relevantCount),
        RankingMetricKind.ReciprocalRank => RankingMetrics.ReciprocalRank(relevant, metric.Cutoff),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The metric needs more than the relevance of places."),
    };

    public EvaluationResult Finish(IReadOnlyList<(UserId User, bool IsKnown, int Relevant)> users, EvaluationOptions options, int threads)
    {
        var estimates = new MetricEstimate[_metrics.Length];
        Parallel.For(0, _metrics.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => estimates[i] = Estimate(i, users.Count, options));
        var perUser = new UserEvaluation[users.Count];
        for (int user = 0; user < perUser.Length; user++)
        {
            perUser[user] = new UserEvaluation(users[user].User, users[user].IsKnown, users[user].Relevant, ValuesOf(user).ToArray());
        }

        return new EvaluationResult(estimates, perUser);
    }

    private MetricEstimate Estimate(int metric, int users, EvaluationOptions options)
    {
        if (_recommended[metric] is { } recommended)
        {
            return new MetricEstimate(_metrics[metric], RankingMetrics.Coverage(recommended.AsSpan().Count(true), recommended.Length), null, null);
        }

        var defined = new List<double>(users);
        double sum = 0;
        for (int user = 0; user < users; user++)
        {
            double value = ValuesOf(user)[metric];
            if (!double.IsNaN(value))
            {
                sum += value;
                defined.Add(value);
            }
        }

        if (defined.Count == 0 || options.Resamples == 0)
        {
            return new MetricEstimate(_metrics[metric], sum / defined.Count, null, null);
        }

        (double low, double high) = BootstrapInterval.OfMean([.. defined], options.Resamples, options.ConfidenceLevel, options.Seed);
        return new MetricEstimate(_metrics[metric], sum / defined.Count, low, high);
    }

    private Span<double> ValuesOf(int user) => _values.AsSpan(user * _metrics.Length, _metrics.Length);

    private double Novelty(ReadOnlySpan<int> top)
    {
        double sum = 0;
        foreach (int row in top)
        {
            // Nobody has what is outside of the catalog: as novel as the most novel thing in it can be.
            sum += row >= 0 ? _selfInformation![row] : _selfInformation![^1];
        }

        return sum / top.Length;
    }

    private static double Recommend(bool[] recommended, ReadOnlySpan<int> top)
    {
        foreach (int row in top)
        {
            if (row >= 0)
            {
                // Two threads may write the same place, but they write the same value.
                recommended[row] = true;
            }
        }

        return double.NaN;
    }
}
