using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>The sampled-candidates protocol: each customer's held-out items among a list given for that customer.</summary>
internal sealed class CandidateRanking
{
    private readonly ItemScorer _scorer;
    private readonly MetricAccumulator _metrics;
    private readonly List<ItemTestUser> _users;
    private readonly Dictionary<UserId, List<ItemId>> _candidates;

    private CandidateRanking(ItemScorer scorer, MetricAccumulator metrics, List<ItemTestUser> users, Dictionary<UserId, List<ItemId>> candidates)
    {
        _scorer = scorer;
        _metrics = metrics;
        _users = users;
        _candidates = candidates;
    }

    public static void Run(
        ItemScorer scorer,
        List<ItemTestUser> users,
        Dictionary<UserId, List<ItemId>> candidates,
        MetricAccumulator metrics,
        int threads,
        ProgressCounter progress,
        CancellationToken cancellationToken)
    {
        int without = users.Count(user => !candidates.ContainsKey(user.User));
        if (without > 0)
        {
            throw ItemTestSet.NothingToEvaluate(
                $"{without} of {users.Count} test customers have no candidates, and would be ranked perfectly whatever the model. "
                + "Give every test customer at least one candidate that was not held out.");
        }

        var ranking = new CandidateRanking(scorer, metrics, users, candidates);
        Parallel.For(
            0,
            users.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            user =>
            {
                ranking.RankUser(user);
                progress.Add(1);
            });
    }

    private void RankUser(int position)
    {
        ItemTestUser user = _users[position];
        ItemId[] ids = [.. _candidates[user.User], .. user.HeldOut];
        Array.Sort(ids);
        ids = Distinct(ids);
        int[] rows = Array.ConvertAll(ids, id => _scorer.Items.TryGetRow(id.Value, out int row) ? row : -1);
        float[] scores = ScoresOf(user, rows);

        // Positions ascend as ids do, so that ties have the order of ids, for those too that the model does not know.
        var buffer = new ScoredRow[Math.Min(_metrics.Depth, ids.Length)];
        var top = new TopK(buffer);
        top.AddRange(0, scores);
        int ranked = top.Finish();
        var topRows = new int[ranked];
        var relevant = new bool[ranked];
        for (int place = 0; place < ranked; place++)
        {
            topRows[place] = rows[buffer[place].Row];
            relevant[place] = Array.BinarySearch(user.HeldOut, ids[buffer[place].Row]) >= 0;
        }

        double auc = _metrics.NeedsAuc ? OrderedPairs.Auc(Array.ConvertAll(user.HeldOut, item => scores[Array.BinarySearch(ids, item)]), 0, scores) : 0;
        _metrics.Add(position, topRows, relevant, user.HeldOut.Length, auc);
    }

    /// <summary>Of items by row; an item that the model does not know has score 0.</summary>
    private float[] ScoresOf(ItemTestUser user, int[] rows)
    {
        int[] known = [.. rows.Where(row => row >= 0)];
        var ofKnown = new float[known.Length];
        if (user.IsKnown)
        {
            _scorer.Score(user.Row, known, ofKnown);
        }
        else
        {
            ofKnown = Array.ConvertAll(known, row => _scorer.ScoresOfNobody[row]);
        }

        int next = 0;
        return Array.ConvertAll(rows, row => row >= 0 ? ofKnown[next++] : 0);
    }

    private static ItemId[] Distinct(ItemId[] sorted)
    {
        int count = 0;
        foreach (ItemId id in sorted)
        {
            if (count == 0 || sorted[count - 1] != id)
            {
                sorted[count++] = id;
            }
        }

        return sorted[..count];
    }
}
