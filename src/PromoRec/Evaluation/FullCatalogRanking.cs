using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>The full-catalog protocol: each customer's held-out items among all items but those of the training data.</summary>
internal sealed class FullCatalogRanking
{
    // A block's scores stay in the second-level cache of most processors, and the kernel still sees many customers at once.
    private const int BlockScoreCount = 1 << 20;
    private const int MaxBlockUsers = 64;

    private readonly ItemScorer _scorer;
    private readonly List<ItemTestUser> _users;
    private readonly MetricAccumulator _metrics;
    private readonly bool _rankSeen;
    private readonly BlockScorer _blockScorer;
    private readonly float[] _scores;
    private readonly ScoredRow[] _top;
    private readonly int[] _topRows;
    private readonly bool[] _topRelevant;

    private FullCatalogRanking(ItemScorer scorer, List<ItemTestUser> users, MetricAccumulator metrics, bool rankSeen, int blockUsers)
    {
        _scorer = scorer;
        _users = users;
        _metrics = metrics;
        _rankSeen = rankSeen;
        _blockScorer = scorer.CreateBlockScorer(blockUsers);
        _scores = new float[blockUsers * scorer.ItemCount];
        _top = new ScoredRow[Math.Min(metrics.Depth, scorer.ItemCount)];
        _topRows = new int[_top.Length];
        _topRelevant = new bool[_top.Length];
    }

    public static void Run(
        ItemScorer scorer,
        List<ItemTestUser> users,
        MetricAccumulator metrics,
        bool rankSeen,
        int threads,
        ProgressCounter progress,
        CancellationToken cancellationToken)
    {
        // The size of a block depends on the catalog alone, so that any number of threads computes the same blocks.
        int blockUsers = Math.Clamp(BlockScoreCount / Math.Max(1, scorer.ItemCount), 1, MaxBlockUsers);
        int blocks = (users.Count + blockUsers - 1) / blockUsers;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new FullCatalogRanking(scorer, users, metrics, rankSeen, blockUsers),
            (block, _, worker) =>
            {
                int first = block * blockUsers;
                int count = Math.Min(blockUsers, users.Count - first);
                worker.RankBlock(first, count);
                progress.Add(count);
                return worker;
            },
            _ => { });
    }

    private void RankBlock(int first, int count)
    {
        Span<int> rows = stackalloc int[MaxBlockUsers];
        for (int i = 0; i < count; i++)
        {
            rows[i] = _users[first + i].Row;
        }

        int items = _scorer.ItemCount;
        _blockScorer.Score(rows[..count], _scores.AsSpan(0, count * items));
        for (int i = 0; i < count; i++)
        {
            RankUser(first + i, _scores.AsSpan(i * items, items));
        }
    }

    private void RankUser(int position, Span<float> scores)
    {
        ItemTestUser user = _users[position];
        if (user.IsKnown && !_rankSeen)
        {
            foreach (int item in _scorer.Seen.ColumnsOf(user.Row))
            {
                scores[item] = float.NaN;
            }
        }

        // Held-out items ascend, so their rows do.
        int[] relevant = new int[user.HeldOut.Length];
        int known = 0;
        foreach (ItemId item in user.HeldOut)
        {
            known += _scorer.Items.TryGetRow(item.Value, out relevant[known]) ? 1 : 0;
        }

        relevant = relevant[..known];
        int ranked = FindTop(scores);
        for (int place = 0; place < ranked; place++)
        {
            _topRows[place] = _top[place].Row;
            _topRelevant[place] = Array.BinarySearch(relevant, _top[place].Row) >= 0;
        }

        double auc = _metrics.NeedsAuc ? Auc(scores, relevant, user.HeldOut.Length - known) : 0;
        _metrics.Add(position, _topRows.AsSpan(0, ranked), _topRelevant.AsSpan(0, ranked), user.HeldOut.Length, auc);
    }

    private static double Auc(ReadOnlySpan<float> scores, int[] relevant, int unranked)
    {
        var relevantScores = new float[relevant.Length];
        for (int i = 0; i < relevant.Length; i++)
        {
            relevantScores[i] = scores[relevant[i]];
        }

        return OrderedPairs.Auc(relevantScores, unranked, scores);
    }

    private int FindTop(ReadOnlySpan<float> scores)
    {
        // What is left out is NaN, which never enters.
        var top = new TopK(_top);
        top.AddRange(0, scores);
        return top.Finish();
    }
}
