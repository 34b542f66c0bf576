using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Something learnt from ratings that predicts how a customer would rate an item. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// A prediction is never outside of the ratings that the model was trained on, and never NaN. Ids that the model does not know are answered, not refused. A dataset
/// stores no zeros, so a rating of exactly 0 is no rating: shift a scale that has one.
/// </remarks>
public abstract class RatingModel
{
    private readonly RatingScale _scale;

    private protected RatingModel(IdIndex users, IdIndex items, RatingScale scale, ModelManifest manifest)
    {
        Users = users;
        Items = items;
        _scale = scale;
        Manifest = manifest;
    }

    /// <summary>Where the model comes from.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Number of customers that it knows.</summary>
    public int UserCount => Users.Count;

    /// <summary>Number of items that it knows.</summary>
    public int ItemCount => Items.Count;

    /// <summary>The lowest rating of the training data, and of any prediction.</summary>
    public double LowestRating => _scale.Lowest;

    /// <summary>The highest rating of the training data, and of any prediction.</summary>
    public double HighestRating => _scale.Highest;

    /// <summary>The mean of all ratings of the training data.</summary>
    public double MeanRating => _scale.Mean;

    internal IdIndex Users { get; }

    internal IdIndex Items { get; }

    /// <summary>Whether the model knows a customer.</summary>
    public bool ContainsUser(UserId user) => UserRow(user) >= 0;

    /// <summary>Whether the model knows an item.</summary>
    public bool ContainsItem(ItemId item) => ItemRow(item) >= 0;

    /// <summary>How the customer would rate the item, in the units of the ratings, from <see cref="LowestRating"/> to <see cref="HighestRating"/>.</summary>
    /// <param name="user">The customer; for one whom the model does not know, what it knows of the item decides, or the mean.</param>
    /// <param name="item">The item; for one that the model does not know, what it knows of the customer decides, or the mean.</param>
    public double Predict(UserId user, ItemId item) => ToScale(Estimate(UserRow(user), ItemRow(item)));

    /// <summary>The prediction before it is kept to the scale; finite.</summary>
    /// <param name="userRow">Row of the customer, or -1 for one whom the model does not know.</param>
    /// <param name="itemRow">Row of the item, or -1 for one that the model does not know.</param>
    internal abstract double Estimate(int userRow, int itemRow);

    private protected double ToScale(double estimate) => Math.Clamp(estimate, LowestRating, HighestRating);

    private protected int UserRow(UserId user) => Users.TryGetRow(user.Value, out int row) ? row : -1;

    private protected int ItemRow(ItemId item) => Items.TryGetRow(item.Value, out int row) ? row : -1;

    /// <summary>Contributions, the largest first and equal ones by id.</summary>
    private protected RatingExplanation Explanation(double estimate, double start, List<ScoreContribution> contributions)
    {
        contributions.Sort((left, right) => right.Contribution != left.Contribution ? right.Contribution.CompareTo(left.Contribution) : left.Item.CompareTo(right.Item));
        return new RatingExplanation(ToScale(estimate), start, contributions);
    }

    private protected ItemId ItemAt(int row) => new(Items.IdAt(row));
}
