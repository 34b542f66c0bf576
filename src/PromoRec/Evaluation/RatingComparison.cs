using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Several predictions of the same ratings beside each other: which one has the lowest error, or that no difference can be shown.</summary>
/// <remarks>
/// <para>
/// Customers are drawn with replacement, each with all of their ratings, because what one customer rates hangs together; the errors of all predictions are computed from the same draws. The best wins when the
/// interval of the difference to <em>every</em> other is above 0. With n predictions each of these intervals has the level 1 - (1 - level) / (n - 1), the correction of Bonferroni.
/// </para>
/// <para>The same predictions and seed give the same comparison. Cost: resamples · customers · predictions.</para>
/// <para>Sources: Efron, Annals of Statistics 1979; Field and Welsh, "Bootstrapping clustered data", JRSS B 69(3), 2007; Dunn, JASA 56(293), 1961.</para>
/// </remarks>
public sealed class RatingComparison
{
    private RatingComparison(RatingErrorKind error, int users, int ratings, double level, double intervalLevel, ComparedPrediction[] predictions)
    {
        Error = error;
        Users = users;
        Ratings = ratings;
        ConfidenceLevel = level;
        IntervalLevel = intervalLevel;
        Predictions = predictions;
    }

    /// <summary>What is compared.</summary>
    public RatingErrorKind Error { get; }

    /// <summary>Customers of the test.</summary>
    public int Users { get; }

    /// <summary>Ratings of the test.</summary>
    public int Ratings { get; }

    /// <summary>Confidence in the winner, of all comparisons together, and of the interval of each error.</summary>
    public double ConfidenceLevel { get; }

    /// <summary>Confidence of the interval of each single difference.</summary>
    public double IntervalLevel { get; }

    /// <summary>The predictions, the one with the lowest error first.</summary>
    public IReadOnlyList<ComparedPrediction> Predictions { get; }

    /// <summary>Name of the prediction that is surely better than all others; null where there is no difference.</summary>
    public string? Winner => Predictions.Skip(1).All(other => other.IsBehind) ? Predictions[0].Name : null;

    /// <summary>Compares predictions.</summary>
    /// <param name="candidates">Two or more, with different names.</param>
    /// <param name="test">The ratings that were predicted.</param>
    /// <param name="error">What is compared.</param>
    /// <param name="resamples">How often to draw: 1 to 1,000,000.</param>
    /// <param name="level">The confidence: above 0 and below 1.</param>
    /// <param name="seed">The same predictions and seed give the same intervals.</param>
    /// <exception cref="ArgumentException">There are fewer than two, two have the same name, there is no rating, or one is not finite or has no finite prediction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its range.</exception>
    public static RatingComparison Of(
        IReadOnlyList<RatingCandidate> candidates, IReadOnlyList<UserRating> test, RatingErrorKind error = RatingErrorKind.RootMeanSquared, int resamples = 1_000, double level = 0.95, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, 1_000_000);
        ThrowUnlessComparable(candidates, test, error);
        ComparisonRules.ThrowUnlessLevel(level);

        (double[][] sums, double[] counts) = SumsOf(candidates, test, error);
        double[] errors = Array.ConvertAll(sums, own => Final(own.Sum() / test.Count, error));
        int[] order = [.. Enumerable.Range(0, errors.Length).OrderBy(i => errors[i])];
        double intervalLevel = ComparisonRules.IntervalLevel(level, candidates.Count);
        double[][] drawn = Draw(sums, counts, error, resamples, seed);
        var predictions = new ComparedPrediction[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            int at = order[place];
            (double low, double high) = BootstrapInterval.Between([.. drawn[at]], level);
            (double behindLow, double behindHigh) = place == 0 ? (0, 0) : BootstrapInterval.Between([.. drawn[at].Zip(drawn[order[0]], (other, best) => other - best)], intervalLevel);
            predictions[place] = new ComparedPrediction(candidates[at].Name, errors[at], low, high) { Behind = errors[at] - errors[order[0]], BehindLow = behindLow, BehindHigh = behindHigh };
        }

        return new RatingComparison(error, counts.Length, test.Count, level, intervalLevel, predictions);
    }

    /// <summary>For each prediction and resample its error.</summary>
    private static double[][] Draw(double[][] sums, double[] counts, RatingErrorKind error, int resamples, ulong seed)
    {
        double[][] drawn = Array.ConvertAll(sums, _ => new double[resamples]);
        var totals = new double[sums.Length];
        for (int resample = 0; resample < resamples; resample++)
        {
            // A stream for each resample: the first thousand of two thousand are the thousand.
            var random = new SeededRandom(seed, (ulong)resample);
            Array.Clear(totals);
            double count = 0;
            for (int draw = 0; draw < counts.Length; draw++)
            {
                int customer = random.NextInt32(counts.Length);
                count += counts[customer];
                for (int i = 0; i < totals.Length; i++)
                {
                    totals[i] += sums[i][customer];
                }
            }

            for (int i = 0; i < totals.Length; i++)
            {
                drawn[i][resample] = Final(totals[i] / count, error);
            }
        }

        return drawn;
    }

    /// <summary>For each prediction and customer the sum of their errors, and for each customer the number of their ratings.</summary>
    private static (double[][] Sums, double[] Counts) SumsOf(IReadOnlyList<RatingCandidate> candidates, IReadOnlyList<UserRating> test, RatingErrorKind error)
    {
        Dictionary<UserId, int> rows = [];
        foreach (UserId user in test.Select(rating => rating.User).Distinct().Order())
        {
            rows.Add(user, rows.Count);
        }

        var counts = new double[rows.Count];
        double[][] sums = [.. candidates.Select(_ => new double[rows.Count])];
        for (int at = 0; at < test.Count; at++)
        {
            int row = rows[test[at].User];
            counts[row]++;
            for (int i = 0; i < sums.Length; i++)
            {
                double off = candidates[i].Predicted[at] - test[at].Rating;
                sums[i][row] += error == RatingErrorKind.RootMeanSquared ? off * off : Math.Abs(off);
            }
        }

        return (sums, counts);
    }

    private static double Final(double mean, RatingErrorKind error) => error == RatingErrorKind.RootMeanSquared ? Math.Sqrt(mean) : mean;

    private static void ThrowUnlessComparable(IReadOnlyList<RatingCandidate> candidates, IReadOnlyList<UserRating> test, RatingErrorKind error)
    {
        ComparisonRules.ThrowUnlessSeveral([.. candidates.Select(candidate => candidate.Name)], "predictions", nameof(candidates));
        if (!Enum.IsDefined(error))
        {
            throw new ArgumentOutOfRangeException(nameof(error), error, "This is no kind of error.");
        }

        if (test.Count == 0 || test.Any(rating => !double.IsFinite(rating.Rating)))
        {
            throw new ArgumentException($"There are {test.Count} ratings, but there must be at least one, and all must be finite.", nameof(test));
        }

        if (candidates.FirstOrDefault(candidate => candidate.Predicted.Count != test.Count || candidate.Predicted.Any(one => !double.IsFinite(one))) is { } bad)
        {
            throw new ArgumentException($"'{bad.Name}' has {bad.Predicted.Count} predictions of {test.Count} ratings. Give a finite one for each.", nameof(candidates));
        }
    }
}
