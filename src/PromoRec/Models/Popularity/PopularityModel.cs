using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Popularity;

/// <summary>Scores an item by how much it is wanted, or by how much more than usual, in the segments of a customer. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// A customer's score of an item is the mean of its scores in their segments, and its score among all customers for somebody who is in none. What a customer has done themselves makes
/// no difference. Formulas and sources: docs/math/popularity.md.
/// </remarks>
public sealed class PopularityModel : RecommendationModel
{
    private readonly ReadOnlyMemory<float> _scores;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="tables">The scores, and which segments and categories there are.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal PopularityModel(IdIndex users, IdIndex items, PopularityTables tables, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest)
    {
        Tables = tables;
        _scores = tables.Scores;
    }

    /// <summary>The segments that have scores of their own, in ordinal order.</summary>
    public IReadOnlyList<string> Segments => NamesOf(Tables.Segments);

    /// <summary>The categories of the items, in ordinal order.</summary>
    public IReadOnlyList<string> Categories => NamesOf(Tables.Categories);

    internal PopularityTables Tables { get; }

    internal override RankTier Tier => RankTier.Popularity;

    internal override double LargestScore => Magnitude.Largest(_scores.Span) * Math.Max(1, Magnitude.LargestRowSum(Tables.UserSegments));

    /// <summary>The items with the highest scores among all customers or those of a segment, of all categories or of one.</summary>
    /// <remarks>Order: score descending, then id ascending (ordinal). Items without the support that was asked for have score 0.</remarks>
    /// <param name="count">How many to return, 0 or more; fewer come only when there are no more.</param>
    /// <param name="segment">The segment; all customers where it is null, and also where the model knows no such segment, of which nothing but the whole is known.</param>
    /// <param name="category">The category; all items where it is null, and no item where the model knows no such category.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<ScoredItem> Top(int count, string? segment = null, string? category = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int categoryRow = -1;
        if (category is not null && !TryFind(Tables.Categories, category, out categoryRow))
        {
            return [];
        }

        ReadOnlySpan<float> scores = ScoresOf(segment is not null && TryFind(Tables.Segments, segment, out int row) ? row + 1 : 0);
        var buffer = new ScoredRow[Math.Min(count, ItemCount)];
        var top = new TopK(buffer);
        for (int item = 0; item < scores.Length; item++)
        {
            if (categoryRow < 0 || Tables.ItemCategories.ColumnsOf(item).BinarySearch(categoryRow) >= 0)
            {
                top.Add(item, scores[item]);
            }
        }

        ScoredItem[] items = Array.ConvertAll(buffer[..top.Finish()], each => new ScoredItem(new ItemId(Items.IdAt(each.Row)), each.Score));
        GC.KeepAlive(this);
        return items;
    }

    /// <summary>The score of an item for a customer. It rests on what all customers did, so no interaction of the customer carries it: there are no contributions.</summary>
    /// <inheritdoc/>
    public override ScoreExplanation? Explain(UserId user, ItemId item) => Score(user, item) is { } score ? new ScoreExplanation(score, []) : null;

    internal override float ScoreOf(int userRow, int itemRow)
    {
        ReadOnlySpan<int> segments = Tables.UserSegments.ColumnsOf(userRow);
        if (segments.IsEmpty)
        {
            return ScoresOf(0)[itemRow];
        }

        float sum = 0;
        foreach (int segment in segments)
        {
            sum += ScoresOf(segment + 1)[itemRow];
        }

        return sum / segments.Length;
    }

    internal override void ScoreAll(int userRow, Span<float> scores)
    {
        ReadOnlySpan<int> segments = Tables.UserSegments.ColumnsOf(userRow);
        if (segments.IsEmpty)
        {
            ScoresOf(0).CopyTo(scores);
            return;
        }

        scores.Clear();
        foreach (int segment in segments)
        {
            ReadOnlySpan<float> own = ScoresOf(segment + 1);
            for (int item = 0; item < own.Length; item++)
            {
                scores[item] += own[item];
            }
        }

        foreach (ref float score in scores)
        {
            score /= segments.Length;
        }
    }

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        ScoreUnknown(scores);
        return true;
    }

    internal override void ScoreUnknown(Span<float> scores) => ScoresOf(0).CopyTo(scores);

    /// <summary>That two items are popular says nothing about their likeness: no item is like another.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities) => similarities.Fill(float.NaN);

    private ReadOnlySpan<float> ScoresOf(int table) => _scores.Span.Slice(table * ItemCount, ItemCount);

    private static bool TryFind(IdIndex names, string name, out int row)
    {
        row = -1;
        return PopularityTables.IsName(name) && names.TryGetRow(new IdValue(name, nameof(name)), out row);
    }

    private static string[] NamesOf(IdIndex names)
    {
        var texts = new string[names.Count];
        for (int row = 0; row < texts.Length; row++)
        {
            texts[row] = names.IdAt(row).ToString();
        }

        return texts;
    }
}
