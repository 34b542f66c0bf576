using System.Buffers;
using PromoRec.Numerics;

namespace PromoRec.Models;

/// <content>Scores, recommended items and similar items. Ids that the model does not know are answered, not refused.</content>
public sealed partial class FactorModel
{
    /// <summary>Whether the model has a vector for a customer.</summary>
    public bool ContainsUser(UserId user) => Users.TryGetRow(user.Value, out _);

    /// <summary>Whether the model has a vector for an item.</summary>
    public bool ContainsItem(ItemId item) => Items.TryGetRow(item.Value, out _);

    /// <summary>Predicted interest of a customer in an item: the inner product of their vectors; null where the model does not know one of them.</summary>
    public float? Score(UserId user, ItemId item)
    {
        float? score = Users.TryGetRow(user.Value, out int userRow) && Items.TryGetRow(item.Value, out int itemRow)
            ? VectorMath.Dot(UserFactors.Row(userRow), ItemFactors.Row(itemRow))
            : null;
        GC.KeepAlive(this);
        return score;
    }

    /// <summary>The items with the highest scores for a customer; the most popular ones for a customer whom the model does not know.</summary>
    /// <remarks>Order: score descending, then id ascending (ordinal). Cost: O(items · factors). For offers, and without allocating, use <see cref="IOfferRanker"/>.</remarks>
    /// <param name="user">The customer.</param>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <param name="includeSeen">Whether items that the customer has in the training data may be among them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public RecommendedItems Recommend(UserId user, int count, bool includeSeen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        float[] rented = ArrayPool<float>.Shared.Rent(ItemCount);
        Span<float> scores = rented.AsSpan(0, ItemCount);
        bool known = Users.TryGetRow(user.Value, out int userRow);
        if (known)
        {
            BlockScores.OneToMany(UserFactors.Row(userRow), ItemFactors, 0, scores);
            if (!includeSeen)
            {
                LeaveOutSeen(userRow, scores);
            }
        }
        else
        {
            CopyPopularity(scores);
        }

        var items = new RecommendedItems(Best(scores, count), known ? RankTier.Als : RankTier.Popularity);
        ArrayPool<float>.Shared.Return(rented);
        GC.KeepAlive(this);
        return items;
    }

    /// <summary>The items whose vectors point most nearly the same way as an item's: cosine, from -1 to 1, best first; without the item itself.</summary>
    /// <remarks>Order: cosine descending, then id ascending (ordinal). The cosine with an item of length 0 is 0. Cost: O(items · factors).</remarks>
    /// <param name="item">The item.</param>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <returns>The items; none where the model does not know <paramref name="item"/>, which <see cref="ContainsItem"/> tells.</returns>
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
        for (int other = 0; other < scores.Length; other++)
        {
            scores[other] = VectorMath.Cosine(ItemFactors.Row(row), ItemFactors.Row(other));
        }

        scores[row] = float.NaN;
        ScoredItem[] similar = Best(scores, count);
        ArrayPool<float>.Shared.Return(rented);
        GC.KeepAlive(this);
        return similar;
    }

    private void LeaveOutSeen(int userRow, Span<float> scores)
    {
        foreach (int item in History.ByUser.ColumnsOf(userRow))
        {
            scores[item] = float.NaN;
        }
    }

    private void CopyPopularity(Span<float> scores)
    {
        // An imported model has no history: then all items are equally popular.
        scores.Clear();
        if (History.ItemPopularity.Length == scores.Length)
        {
            History.ItemPopularity.Span.CopyTo(scores);
        }
    }

    /// <summary>The best of the scores that are not NaN.</summary>
    private ScoredItem[] Best(ReadOnlySpan<float> scores, int count)
    {
        var rows = new ScoredRow[Math.Min(count, scores.Length)];
        var top = new TopK(rows);
        top.AddRange(0, scores);
        return Array.ConvertAll(rows[..top.Finish()], scored => new ScoredItem(new ItemId(Items.IdAt(scored.Row)), scored.Score));
    }
}
