using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Measures how high rankings place what customers took later.</summary>
/// <remarks>
/// <para>Full catalog: every item is ranked but those the customer has in the training data. Sampled candidates: a list given for the
/// customer is ranked together with the held-out items; a candidate that is held out, or is there twice, counts once.</para>
/// <para>Order: score descending, then id ascending (ordinal). A held-out pair counts as relevant even where the model does not know the
/// item: in a full catalog it cannot be found, among candidates it has score 0. AUC takes equal scores as half right.</para>
/// <para>Every customer weighs the same. The figures depend on neither the number of threads nor the order of the input.</para>
/// </remarks>
public sealed class RankingEvaluator
{
    private readonly EvaluationOptions _options;

    /// <summary>Creates an evaluator. Later changes of the options make no difference to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public RankingEvaluator(EvaluationOptions? options = null)
    {
        _options = (options ?? new EvaluationOptions()).Copy();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Resamples, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Resamples, 1_000_000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Threads, nameof(options));
        if (!(_options.ConfidenceLevel > 0 && _options.ConfidenceLevel < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), _options.ConfidenceLevel, "The confidence level must be above 0 and below 1.");
        }
    }

    /// <summary>Ranks items for the customers of a test set.</summary>
    /// <param name="scorer">The model or baseline.</param>
    /// <param name="test">The held-out pairs.</param>
    /// <param name="metrics">What to measure: at least one metric, none twice.</param>
    /// <param name="candidates">With it, sampled candidates: the items to rank for each customer. Without it, the full catalog.</param>
    /// <param name="progress">Told how many customers are done.</param>
    /// <param name="cancellationToken">Ends the evaluation early.</param>
    /// <exception cref="ArgumentException">There are no metrics, or one is there twice.</exception>
    /// <exception cref="PromoRecException">The test set is empty, nobody in it can be evaluated, or a test customer has no candidates.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult EvaluateItems(
        ItemScorer scorer,
        IEnumerable<UserItem> test,
        IReadOnlyList<RankingMetric> metrics,
        IEnumerable<UserItem>? candidates = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(test);
        MetricAccumulator.ThrowUnlessMetrics(metrics);
        bool rankSeen = _options.RankSeenItems || candidates is not null;
        ItemTestSet set = ItemTestSet.Create(scorer, test, _options.UnknownUsers == UnknownUserHandling.Exclude, dropSeen: !rankSeen);
        var accumulator = new MetricAccumulator(metrics, set.Users.Count, scorer.ItemCount, SelfInformation(scorer, metrics));
        var counter = new ProgressCounter(progress, set.Users.Count);
        int threads = Threads.Resolve(_options.Threads);
        if (candidates is null)
        {
            FullCatalogRanking.Run(scorer, set.Users, accumulator, rankSeen, threads, counter, cancellationToken);
        }
        else
        {
            CandidateRanking.Run(scorer, set.Users, ItemTestSet.Group(candidates), accumulator, threads, counter, cancellationToken);
        }

        EvaluationResult result = accumulator.Finish([.. set.Users.Select(user => (user.User, user.IsKnown, user.HeldOut.Length))], _options, threads);

        // The scores came from spans over memory that the model may have mapped.
        GC.KeepAlive(scorer);
        return new EvaluationResult(result.Metrics, result.PerUser)
        {
            UnknownUsers = set.UnknownUsers,
            SkippedUsers = set.SkippedUsers,
            UnknownItemPairs = set.UnknownItemPairs,
            SeenPairs = set.SeenPairs,
        };
    }

    /// <summary>Measures rankings of offers, whatever made them.</summary>
    /// <param name="rank">
    /// Returns the ranking for a customer, best first, without repetitions: as long as the largest cut-off, or the whole catalog where AUC is asked for. It is
    /// called once for each test customer, in ordinal order, on the calling thread.
    /// </param>
    /// <param name="test">The held-out pairs: offers that customers took.</param>
    /// <param name="metrics">What to measure: at least one metric, none twice, and not novelty, which needs to know who has what.</param>
    /// <param name="progress">Told how many customers are done.</param>
    /// <param name="cancellationToken">Ends the evaluation early.</param>
    /// <remarks>Coverage is the share of all offers that were returned to anybody or held out.</remarks>
    /// <exception cref="ArgumentException">There are no metrics, or one is there twice or is novelty.</exception>
    /// <exception cref="PromoRecException">The test set is empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult EvaluateOffers(
        Func<UserId, IReadOnlyList<OfferId>> rank,
        IEnumerable<UserOffer> test,
        IReadOnlyList<RankingMetric> metrics,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rank);
        ArgumentNullException.ThrowIfNull(test);
        MetricAccumulator.ThrowUnlessMetrics(metrics);
        if (metrics.Any(metric => metric.Kind == RankingMetricKind.Novelty))
        {
            throw new ArgumentException("Novelty cannot be measured for offers: it needs to know how many customers have each. Leave it out.", nameof(metrics));
        }

        return OfferRanking.Run(rank, test, metrics, _options, progress, cancellationToken);
    }

    /// <summary>In bits, of every item, and at the end that of an item nobody has; null where no metric needs it.</summary>
    private static double[]? SelfInformation(ItemScorer scorer, IReadOnlyList<RankingMetric> metrics)
    {
        if (!metrics.Any(metric => metric.Kind == RankingMetricKind.Novelty))
        {
            return null;
        }

        int users = Math.Max(1, scorer.UserCount);
        var bits = new double[scorer.ItemCount + 1];
        for (int item = 0; item < scorer.ItemCount; item++)
        {
            bits[item] = RankingMetrics.SelfInformation((int)Math.Min(users, scorer.PopularityOfItems[item]), users);
        }

        bits[^1] = RankingMetrics.SelfInformation(0, users);
        return bits;
    }
}
