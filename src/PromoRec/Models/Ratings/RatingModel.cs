using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Something learnt from ratings that predicts how a customer would rate an item. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>A prediction is never outside of the ratings that the model was trained on, and never NaN. Ids that the model does not know are answered, not refused. A dataset
/// stores no zeros, so a rating of exactly 0 is no rating: shift a scale that has one.</para>
/// <para>Recommended are the items with the highest predictions. A score is the prediction before it is kept to the scale, so that the best items keep an order.</para>
/// </remarks>
public abstract class RatingModel : RecommendationModel
{
    private protected RatingModel(IdIndex users, IdIndex items, RatingScale scale, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest) => Scale = scale;

    /// <summary>The lowest rating of the training data, and of any prediction.</summary>
    public double LowestRating => Scale.Lowest;

    /// <summary>The highest rating of the training data, and of any prediction.</summary>
    public double HighestRating => Scale.Highest;

    /// <summary>The mean of all ratings of the training data.</summary>
    public double MeanRating => Scale.Mean;

    internal RatingScale Scale { get; }

    /// <summary>How the customer would rate the item, in the units of the ratings, from <see cref="LowestRating"/> to <see cref="HighestRating"/>.</summary>
    /// <param name="user">The customer; for one whom the model does not know, what it knows of the item decides, or the mean.</param>
    /// <param name="item">The item; for one that the model does not know, what it knows of the customer decides, or the mean.</param>
    public double Predict(UserId user, ItemId item)
    {
        double prediction = Scale.Keep(Estimate(Users.TryGetRow(user.Value, out int row) ? row : -1, ItemRow(item)));
        GC.KeepAlive(this);
        return prediction;
    }

    /// <summary>Learns a customer whom the model has never seen, or who rated something new, from a list of ratings.</summary>
    /// <remarks>
    /// All that was learnt of items and of other customers stays as it is. Each family says how it learns a customer. The order of ratings of different items makes no difference. Any number of threads may call it.
    /// </remarks>
    /// <param name="ratings">All ratings of the customer, old and new. The last of an item stands, and 0 is none; items that the model does not know are passed over.</param>
    /// <returns>The customer; without a rating of an item that the model knows, one whom it does not know.</returns>
    /// <exception cref="ArgumentException">A rating is not finite, or too large to learn from.</exception>
    public FoldedRater FoldIn(IReadOnlyList<ItemEvidence> ratings)
    {
        (int[] rows, float[] values, int unknown) = Observations(ratings);
        Func<int, double> estimate = EstimateOf(rows, values) ?? throw TooLarge(nameof(ratings));
        GC.KeepAlive(this);
        return new FoldedRater(this, estimate, rows.Length, unknown);
    }

    /// <inheritdoc/>
    /// <remarks>Explains what the model was trained on. A model that does not predict from single ratings of the customer names none.</remarks>
    public sealed override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        int itemRow = ItemRow(item);
        if (itemRow < 0 || !Users.TryGetRow(user.Value, out int userRow))
        {
            return null;
        }

        ScoreExplanation explanation = ExplanationOf(Contributions(userRow, itemRow));
        double score = Estimate(userRow, itemRow);
        GC.KeepAlive(this);
        return explanation with { Score = score, Start = score - explanation.Score };
    }

    /// <summary>The prediction before it is kept to the scale; finite.</summary>
    /// <param name="userRow">Row of the customer, or -1 for one whom the model does not know.</param>
    /// <param name="itemRow">Row of the item, or -1 for one that the model does not know.</param>
    internal abstract double Estimate(int userRow, int itemRow);

    /// <summary>The row of an item, or -1.</summary>
    internal int ItemRow(ItemId item) => Items.TryGetRow(item.Value, out int row) ? row : -1;

    internal override float ScoreOf(int userRow, int itemRow) => RatingScale.ToSingle(Estimate(userRow, itemRow));

    internal override void ScoreAll(int userRow, Span<float> scores) => Fill(scores, itemRow => Estimate(userRow, itemRow));

    /// <summary>What each rating of the customer adds to the prediction, by the item's row.</summary>
    private protected virtual IEnumerable<(int ItemRow, double Contribution)> Contributions(int userRow, int itemRow) => [];

    /// <summary>The estimates for a customer who gave these ratings, by row of the item or -1; null where the ratings are too large.</summary>
    /// <param name="itemRows">Rows of the items, ascending; at least one.</param>
    /// <param name="ratings">Their ratings.</param>
    private protected abstract Func<int, double>? Learn(int[] itemRows, float[] ratings);

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        Func<int, double>? estimate = EstimateOf(itemRows.ToArray(), values.ToArray());
        if (estimate is null)
        {
            return false;
        }

        Fill(scores, estimate);
        return true;
    }

    /// <summary>A customer changes their mind, but does not rate twice.</summary>
    private protected override float Merge(float earlier, float later) => later;

    /// <summary>No item is like another, unless a family compares them.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities) => similarities.Fill(float.NaN);

    private Func<int, double>? EstimateOf(int[] itemRows, float[] ratings) => itemRows.Length > 0 ? Learn(itemRows, ratings) : itemRow => Estimate(-1, itemRow);

    private static void Fill(Span<float> scores, Func<int, double> estimate)
    {
        for (int itemRow = 0; itemRow < scores.Length; itemRow++)
        {
            scores[itemRow] = RatingScale.ToSingle(estimate(itemRow));
        }
    }
}
