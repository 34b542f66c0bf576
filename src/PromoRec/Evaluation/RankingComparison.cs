namespace PromoRec.Evaluation;

/// <summary>Several rankings beside each other by one metric, over the same customers: which one wins, or that none does.</summary>
/// <remarks>
/// <para>
/// For every customer the value of the best ranking (the one with the highest mean) minus that of another is taken, and the mean of these differences gets a bootstrap interval over customers,
/// with the same draws for each pair. What is easy for one ranking is often easy for all, so that these intervals tell much smaller differences apart than intervals of the means.
/// The best wins when it is surely above <em>every</em> other: when each of the intervals is above 0. Otherwise there is no difference that the customers of the test can show.
/// </para>
/// <para>
/// Several comparisons: with n rankings each interval has the level 1 - (1 - level) / (n - 1), which is the correction of Bonferroni. A winner then has to be surely above the truly best of the others
/// too, so that the probability of a winner that is not truly better than all others is at most 1 - level, as far as the bootstrap holds, although the best was chosen after looking.
/// </para>
/// <para>The order of the rankings decides which of two with equal means is called the best, and nothing else. The same results and seed give the same comparison.</para>
/// <para>Sources: Efron, Annals of Statistics 1979; Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004, for pairs; Dunn, JASA 56(293), 1961.</para>
/// </remarks>
public sealed class RankingComparison
{
    private RankingComparison(RankingMetric metric, int users, int unpaired, double level, double intervalLevel, ComparedRanking[] rankings)
    {
        Metric = metric;
        Users = users;
        UnpairedUsers = unpaired;
        ConfidenceLevel = level;
        IntervalLevel = intervalLevel;
        Rankings = rankings;
    }

    /// <summary>What is compared.</summary>
    public RankingMetric Metric { get; }

    /// <summary>Customers who have a value in all rankings, and whom the comparison rests on.</summary>
    public int Users { get; }

    /// <summary>Customers who have a value in some rankings, but not in all, and were left out.</summary>
    public int UnpairedUsers { get; }

    /// <summary>Confidence in the winner, of all comparisons together.</summary>
    public double ConfidenceLevel { get; }

    /// <summary>Confidence of the interval of each single difference.</summary>
    public double IntervalLevel { get; }

    /// <summary>The rankings, the one with the highest mean first.</summary>
    public IReadOnlyList<ComparedRanking> Rankings { get; }

    /// <summary>Name of the ranking that is surely above all others; null where there is no difference.</summary>
    public string? Winner => Rankings.Skip(1).All(other => other.IsBehind) ? Rankings[0].Name : null;

    /// <summary>Compares rankings.</summary>
    /// <param name="candidates">Two or more evaluations of the same test, with different names.</param>
    /// <param name="metric">One that each customer has a value of: not coverage. All evaluations have it.</param>
    /// <param name="resamples">How often to draw: 1 to 1,000,000. The ends of the intervals need more of them the more rankings there are.</param>
    /// <param name="level">Confidence in the winner: above 0 and below 1.</param>
    /// <param name="seed">The same results and seed give the same intervals.</param>
    /// <exception cref="ArgumentException">There are fewer than two, two have the same name, one lacks the metric, or the metric has no values of customers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its range.</exception>
    /// <exception cref="PromoRecException">No customer has a value in all of them.</exception>
    public static RankingComparison Of(IReadOnlyList<RankingCandidate> candidates, RankingMetric metric, int resamples = 1_000, double level = 0.95, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ThrowUnlessComparable(candidates, metric);
        ComparisonRules.ThrowUnlessLevel(level);

        double[][] values = Paired(candidates, metric, out int unpaired);
        double[] means = Array.ConvertAll(values, own => own.Average());
        int[] order = [.. Enumerable.Range(0, means.Length).OrderByDescending(i => means[i])];
        double intervalLevel = ComparisonRules.IntervalLevel(level, candidates.Count);
        var rankings = new ComparedRanking[order.Length];
        rankings[0] = new ComparedRanking(candidates[order[0]].Name, means[order[0]], 0, 0, 0);
        for (int place = 1; place < order.Length; place++)
        {
            double[] differences = [.. values[order[0]].Zip(values[order[place]], (best, other) => best - other)];
            (double low, double high) = BootstrapInterval.OfMean(differences, resamples, intervalLevel, seed);
            rankings[place] = new ComparedRanking(candidates[order[place]].Name, means[order[place]], means[order[0]] - means[order[place]], low, high);
        }

        return new RankingComparison(metric, values[0].Length, unpaired, level, intervalLevel, rankings);
    }

    private static void ThrowUnlessComparable(IReadOnlyList<RankingCandidate> candidates, RankingMetric metric)
    {
        ComparisonRules.ThrowUnlessSeveral([.. candidates.Select(candidate => candidate.Name)], "rankings", nameof(candidates));

        if (metric == default || !metric.IsPerUser)
        {
            throw new ArgumentException($"{(metric == default ? "No metric" : $"'{metric}'")} is not something that every customer has a value of, so customers cannot be paired by it. Compare by another metric.", nameof(metric));
        }

        foreach (RankingCandidate candidate in candidates)
        {
            if (IndexOf(candidate.Result, metric) < 0)
            {
                throw new ArgumentException($"The metric '{metric}' was not evaluated for '{candidate.Name}'. Evaluate all rankings with it.", nameof(metric));
            }
        }
    }

    /// <summary>A row of values for every ranking, its columns the same customers.</summary>
    private static double[][] Paired(IReadOnlyList<RankingCandidate> candidates, RankingMetric metric, out int unpaired)
    {
        var byUser = new SortedDictionary<UserId, double[]>();
        for (int i = 0; i < candidates.Count; i++)
        {
            int at = IndexOf(candidates[i].Result, metric);
            foreach (UserEvaluation user in candidates[i].Result.PerUser.Where(user => !double.IsNaN(user.Values[at])))
            {
                if (!byUser.TryGetValue(user.User, out double[]? values))
                {
                    byUser.Add(user.User, values = new double[candidates.Count]);
                    Array.Fill(values, double.NaN);
                }

                values[i] = user.Values[at];
            }
        }

        List<double[]> paired = [.. byUser.Values.Where(values => !values.Any(double.IsNaN))];
        unpaired = byUser.Count - paired.Count;
        return paired.Count > 0
            ? [.. Enumerable.Range(0, candidates.Count).Select(i => paired.Select(values => values[i]).ToArray())]
            : throw new PromoRecException(PromoRecErrorCode.InvalidDataset, $"None of {byUser.Count} customers has a value of '{metric}' in all {candidates.Count} rankings. Evaluate them on the same test.");
    }

    private static int IndexOf(EvaluationResult result, RankingMetric metric)
    {
        for (int i = 0; i < result.Metrics.Count; i++)
        {
            if (result.Metrics[i].Metric == metric)
            {
                return i;
            }
        }

        return -1;
    }
}
