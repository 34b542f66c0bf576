using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Rankings of offers that somebody else makes, against the offers that customers took.</summary>
internal static class OfferRanking
{
    public static EvaluationResult Run(
        Func<UserId, IReadOnlyList<OfferId>> rank,
        IEnumerable<UserOffer> test,
        IReadOnlyList<RankingMetric> metrics,
        EvaluationOptions options,
        IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        (UserId User, HashSet<OfferId> Taken)[] users = [.. test
            .GroupBy(pair => pair.User, pair => pair.Offer)
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.ToHashSet()))];
        if (users.Length == 0)
        {
            throw ItemTestSet.NothingToEvaluate("The test set is empty. Give it at least one pair of a customer and an offer that the customer took.");
        }

        // The catalog is not known from outside: it is whatever was returned or taken.
        var catalog = new Dictionary<OfferId, int>();
        var rankings = new OfferId[users.Length][];
        var counter = new ProgressCounter(progress, users.Length);
        for (int user = 0; user < users.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rankings[user] = [.. rank(users[user].User)];
            Array.ForEach(rankings[user], offer => catalog.TryAdd(offer, catalog.Count));
            foreach (OfferId offer in users[user].Taken)
            {
                catalog.TryAdd(offer, catalog.Count);
            }

            ThrowIfRepeated(rankings[user]);
            counter.Add(1);
        }

        var accumulator = new MetricAccumulator(metrics, users.Length, catalog.Count, selfInformation: null);
        for (int user = 0; user < users.Length; user++)
        {
            HashSet<OfferId> taken = users[user].Taken;
            int[] rows = Array.ConvertAll(rankings[user], offer => catalog[offer]);
            bool[] relevant = Array.ConvertAll(rankings[user], taken.Contains);
            accumulator.Add(user, rows, relevant, taken.Count, accumulator.NeedsAuc ? RankingMetrics.Auc(relevant, taken.Count) : 0);
        }

        return accumulator.Finish([.. users.Select(user => (user.User, true, user.Taken.Count))], options, Threads.Resolve(options.Threads));
    }

    private static void ThrowIfRepeated(OfferId[] ranking)
    {
        if (ranking.Distinct().Count() != ranking.Length)
        {
            throw new ArgumentException("The ranking has an offer more than once. Return every offer at most once.", nameof(ranking));
        }
    }
}
