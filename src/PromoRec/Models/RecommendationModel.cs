using System.Buffers;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>Something learnt that scores items for customers. Immutable; any number of threads may use it. Ids that it does not know are answered, not refused.</summary>
public abstract partial class RecommendationModel
{
    private protected RecommendationModel(IdIndex users, IdIndex items, InteractionHistory history, ModelManifest manifest)
    {
        Users = users;
        Items = items;
        History = history;
        Manifest = manifest;
    }

    /// <summary>Where the model comes from.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Number of customers that it knows.</summary>
    public int UserCount => Users.Count;

    /// <summary>Number of items that it knows.</summary>
    public int ItemCount => Items.Count;

    internal IdIndex Users { get; }

    internal IdIndex Items { get; }

    /// <summary>The interactions the model was trained on: they explain scores, count popularity and hide what was consumed.</summary>
    internal InteractionHistory History { get; }

    /// <summary>Which kind of knowledge its scores rest on.</summary>
    internal abstract RankTier Tier { get; }

    /// <summary>The models of factors into which a customer's new events are folded: itself, or those of its members that were trained on its own data.</summary>
    internal virtual IReadOnlyList<FactorModel> FoldingModels => [];

    /// <summary>What no score, and no sum on the way to one, exceeds in size: a bound, which training compares with the range of single precision. 0 where scores are bounded whatever the data; not finite where the model is not.</summary>
    internal virtual double LargestScore => 0;

    /// <summary>Whether the model knows a customer.</summary>
    public bool ContainsUser(UserId user) => Users.TryGetRow(user.Value, out _);

    /// <summary>Whether the model knows an item.</summary>
    public bool ContainsItem(ItemId item) => Items.TryGetRow(item.Value, out _);

    /// <summary>Whether a customer purchased or redeemed an item in the data that the model was trained on, so that it can be told from what they only looked at or rated; false where the file of the model holds no interactions.</summary>
    public bool HasConsumed(UserId user, ItemId item)
    {
        bool has = Users.TryGetRow(user.Value, out int userRow) && Items.TryGetRow(item.Value, out int itemRow) && History.ConsumedItems.ColumnsOf(userRow).BinarySearch(itemRow) >= 0;
        GC.KeepAlive(this);
        return has;
    }

    /// <summary>Predicted interest of a customer in an item; null where the model does not know one of them.</summary>
    public float? Score(UserId user, ItemId item)
    {
        float? score = Users.TryGetRow(user.Value, out int userRow) && Items.TryGetRow(item.Value, out int itemRow) ? ToFinite(ScoreOf(userRow, itemRow)) : null;
        GC.KeepAlive(this);
        return score;
    }

    /// <summary>The items with the highest scores for a customer; the most popular ones for a customer whom the model does not know.</summary>
    /// <remarks>Order: score descending, then id ascending (ordinal). Any item may be among them. For offers, and without allocating, use <see cref="IOfferRanker"/>.</remarks>
    /// <param name="user">The customer.</param>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <param name="includeSeen">Whether items that the customer has in the training data may be among them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public RecommendedItems Recommend(UserId user, int count, bool includeSeen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int userRow = Users.TryGetRow(user.Value, out int found) ? found : -1;
        RecommendedItems? items = null;
        RecommendBlock([userRow], count, includeSeen, new Span<RecommendedItems>(ref items!));
        GC.KeepAlive(this);
        return items;
    }

    /// <summary>The items with the highest scores for each of many customers: what <see cref="Recommend(UserId, int, bool)"/> returns for each, in less time.</summary>
    /// <param name="users">The customers. One may stand there several times.</param>
    /// <param name="count">How many items to return for each, 0 or more; fewer come only when there are no more.</param>
    /// <param name="includeSeen">Whether items that a customer has in the training data may be among them.</param>
    /// <param name="threads">Threads to use, 0 for one a processor. The answers do not depend on it.</param>
    /// <param name="progress">Told how many customers are done, now and then and in ascending order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The items of each customer, in the order of <paramref name="users"/>. They take some forty bytes an item: ask for a part of the customers at a time where that is too much.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="threads"/> is negative.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<RecommendedItems> RecommendMany(IReadOnlyList<UserId> users, int count, bool includeSeen = false, int threads = 0, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int resolved = Threads.Resolve(threads);
        var answers = new RecommendedItems[users.Count];
        var counter = new Lock();
        int done = 0;
        const int Block = InnerProductSearch.MaxQueries;
        var options = new ParallelOptions { MaxDegreeOfParallelism = resolved, CancellationToken = cancellationToken };
        Parallel.For(0, (answers.Length + Block - 1) / Block, options, block =>
        {
            int first = block * Block;
            Span<RecommendedItems> some = answers.AsSpan(first, Math.Min(Block, answers.Length - first));
            Span<int> rows = stackalloc int[some.Length];
            for (int i = 0; i < some.Length; i++)
            {
                rows[i] = Users.TryGetRow(users[first + i].Value, out int found) ? found : -1;
            }

            RecommendBlock(rows, count, includeSeen, some);
            if (progress is not null)
            {
                lock (counter)
                {
                    done += some.Length;
                    progress.Report(done);
                }
            }
        });
        GC.KeepAlive(this);
        return answers;
    }

    /// <summary>The items with the highest scores for a customer of whom nothing is known but what is given; the most popular ones where the model knows nothing of it.</summary>
    /// <remarks>
    /// Order and cost are those of <see cref="Recommend(UserId, int, bool)"/>. What a customer has in the training data, given as evidence, is scored as theirs is, in every family: by the same rules, binary profiles among them. Who the customer is makes no difference:
    /// they are in no segment, a model of neighbouring customers that was trained on them too finds them among the others, and members of a hybrid that were trained on other weights of the events take the evidence as it is.
    /// </remarks>
    /// <param name="evidence">All that is known of the customer. Several values of one item are added up, but of several ratings of one the last stands; items that the model does not know are passed over.</param>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <param name="includeSeen">Whether items of the evidence may be among them.</param>
    /// <exception cref="ArgumentException">A value is not finite, or too large to score with.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public RecommendedItems Recommend(IReadOnlyList<ItemEvidence> evidence, int count, bool includeSeen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (int[] rows, float[] values, _) = Observations(evidence);
        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> scores = rented.AsSpan(0, ItemCount);
        ItemAnswer answer;
        if (rows.Length == 0)
        {
            answer = AnswerUnknown(scores);
        }
        else if (!TryAnswer(rows, values, scores, out answer))
        {
            throw TooLarge(nameof(evidence));
        }

        foreach (int row in includeSeen ? [] : rows)
        {
            scores[row] = float.NaN;
        }

        var items = new RecommendedItems(Best(scores, count), answer);
        ArrayPool<float>.Shared.Return(rented);
        GC.KeepAlive(this);
        return items;
    }

    /// <summary>The items most like an item, best first; without the item itself.</summary>
    /// <remarks>Order: similarity descending, then id ascending (ordinal).</remarks>
    /// <param name="item">The item.</param>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <returns>The items; none where the model does not know <paramref name="item"/>, which <see cref="ContainsItem"/> tells, and none from models that do not compare items.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<ScoredItem> SimilarItems(ItemId item, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!Items.TryGetRow(item.Value, out int row))
        {
            return [];
        }

        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> scores = rented.AsSpan(0, ItemCount);
        FillSimilarities(row, scores);
        scores[row] = float.NaN;
        ScoredItem[] similar = Best(scores, count);
        ArrayPool<float>.Shared.Return(rented);
        GC.KeepAlive(this);
        return similar;
    }

    /// <summary>Says which past interactions carry a customer's score for an item; null when the model knows one of the two not.</summary>
    /// <remarks>Explains what the model was trained on.</remarks>
    /// <exception cref="InvalidOperationException">The customer's values are too large for single precision.</exception>
    public abstract ScoreExplanation? Explain(UserId user, ItemId item);

    /// <summary>The score of one item for a customer of the model.</summary>
    internal abstract float ScoreOf(int userRow, int itemRow);

    /// <summary>The scores of all items for a customer of the model: the same bits as one by one.</summary>
    internal abstract void ScoreAll(int userRow, Span<float> scores);

    /// <summary>The best items for some customers, at most as many as <see cref="InnerProductSearch.MaxQueries"/>.</summary>
    /// <param name="userRows">Their rows; -1 for one whom the model does not know.</param>
    /// <param name="count">How many items for each.</param>
    /// <param name="includeSeen">Whether items that they have may be among them.</param>
    /// <param name="answers">Takes the items of each.</param>
    internal virtual void RecommendBlock(ReadOnlySpan<int> userRows, int count, bool includeSeen, Span<RecommendedItems> answers)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> scores = rented.AsSpan(0, ItemCount);
        for (int i = 0; i < userRows.Length; i++)
        {
            ItemAnswer answer = userRows[i] >= 0 ? Answer(userRows[i], scores) : AnswerUnknown(scores);
            if (userRows[i] >= 0 && !includeSeen)
            {
                LeaveOutSeen(userRows[i], scores);
            }

            answers[i] = new RecommendedItems(Best(scores, count), answer);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>As <see cref="ScoreAll"/>, and says what answered.</summary>
    internal virtual ItemAnswer Answer(int userRow, Span<float> scores)
    {
        ScoreAll(userRow, scores);
        return new ItemAnswer(Tier, RankTierReason.Highest);
    }

    /// <summary>As <see cref="TryScoreAll"/>, and says what answered.</summary>
    internal virtual bool TryAnswer(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores, out ItemAnswer answer)
    {
        answer = new ItemAnswer(Tier, RankTierReason.Highest);
        return TryScoreAll(itemRows, values, scores);
    }

    /// <summary>As <see cref="ScoreUnknown"/>, and says what answered.</summary>
    internal virtual ItemAnswer AnswerUnknown(Span<float> scores)
    {
        ScoreUnknown(scores);
        return new ItemAnswer(RankTier.Popularity, Tier == RankTier.Popularity ? RankTierReason.Highest : RankTierReason.NothingKnown);
    }

    /// <summary>The scores of all items for a customer of whom nothing is known: how many customers have each.</summary>
    internal virtual void ScoreUnknown(Span<float> scores)
    {
        // An imported model has no history: then all items are equally popular.
        scores.Clear();
        if (History.ItemPopularity.Length == scores.Length)
        {
            History.ItemPopularity.Span.CopyTo(scores);
        }
    }

    /// <summary>The scores of some items for a customer of the model: the same bits as one by one.</summary>
    internal virtual void ScoreSome(int userRow, ReadOnlySpan<int> itemRows, Span<float> scores)
    {
        for (int i = 0; i < itemRows.Length; i++)
        {
            scores[i] = ScoreOf(userRow, itemRows[i]);
        }
    }

    /// <summary>The scores of all items for a customer who has these items.</summary>
    /// <param name="itemRows">Rows of the items, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="scores">Takes the scores.</param>
    /// <returns>False where the values are too large for single precision.</returns>
    internal abstract bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores);

    /// <summary>How like an item every item is; NaN for those that are not like it at all.</summary>
    internal abstract void FillSimilarities(int itemRow, Span<float> similarities);

    /// <summary>Evidence by rows of the model, ascending, without zeros; and the number of pieces about items that the model does not know.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    private protected (int[] Rows, float[] Values, int Unknown) Observations(IReadOnlyList<ItemEvidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        SortedDictionary<int, float> byRow = [];
        int unknown = 0;
        foreach (ItemEvidence one in evidence)
        {
            if (!float.IsFinite(one.Value))
            {
                throw new ArgumentException($"The value of a piece of evidence must be finite, but is {one.Value}.", nameof(evidence));
            }

            if (!Items.TryGetRow(one.Item.Value, out int row))
            {
                unknown++;
                continue;
            }

            byRow[row] = byRow.TryGetValue(row, out float earlier) ? Merge(earlier, one.Value) : one.Value;
        }

        foreach (int row in byRow.Where(entry => entry.Value == 0).Select(entry => entry.Key).ToArray())
        {
            byRow.Remove(row);
        }

        return ([.. byRow.Keys], [.. byRow.Values], unknown);
    }

    /// <summary>What two values of one item make: their sum, unless a family has another rule.</summary>
    private protected virtual float Merge(float earlier, float later) => earlier + later;

    /// <summary>Contributions, the largest first, and their sum.</summary>
    private protected ScoreExplanation ExplanationOf(IEnumerable<(int ItemRow, double Contribution)> contributions)
    {
        List<ScoreContribution> sorted = [.. contributions.Select(each => new ScoreContribution(new ItemId(Items.IdAt(each.ItemRow)), each.Contribution))];
        sorted.Sort((left, right) => right.Contribution != left.Contribution ? right.Contribution.CompareTo(left.Contribution) : left.Item.CompareTo(right.Item));
        return new ScoreExplanation(sorted.Sum(contribution => contribution.Contribution), sorted);
    }

    private protected static ArgumentException TooLarge(string parameterName) =>
        new("The values of the evidence are too large for single precision. Scale them to those of the training data.", parameterName);

    private void LeaveOutSeen(int userRow, Span<float> scores)
    {
        foreach (int item in History.ByUser.ColumnsOf(userRow))
        {
            scores[item] = float.NaN;
        }
    }

    /// <summary>The largest or smallest number instead of an infinity, and 0 instead of NaN. Training keeps scores finite; a file that was made elsewhere may not.</summary>
    private static float ToFinite(float score) => float.IsNaN(score) ? 0 : Math.Clamp(score, float.MinValue, float.MaxValue);

    /// <summary>The best of the scores that are not NaN; all of them finite.</summary>
    private ScoredItem[] Best(ReadOnlySpan<float> scores, int count)
    {
        var rows = new ScoredRow[Math.Min(count, scores.Length)];
        var top = new TopK(rows);
        top.AddRange(0, scores);
        return Named(rows.AsSpan(0, top.Finish()));
    }

    /// <summary>Rows of items by their ids, with finite scores.</summary>
    private protected ScoredItem[] Named(ReadOnlySpan<ScoredRow> rows)
    {
        var items = new ScoredItem[rows.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = new ScoredItem(new ItemId(Items.IdAt(rows[i].Row)), ToFinite(rows[i].Score));
        }

        return items;
    }
}
