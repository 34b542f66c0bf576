namespace PromoRec.Models.Ratings;

/// <summary>A customer who was learnt from a list of ratings after the model was trained. Made by <see cref="RatingModel.FoldIn"/>; immutable.</summary>
public sealed class FoldedRater
{
    private readonly Func<int, double> _estimate;

    internal FoldedRater(RatingModel model, Func<int, double> estimate, int knownItems, int unknownItems)
    {
        Model = model;
        _estimate = estimate;
        KnownItems = knownItems;
        UnknownItems = unknownItems;
    }

    /// <summary>The model that the customer was folded into.</summary>
    public RatingModel Model { get; }

    /// <summary>Items of the ratings that the model knows, and that predictions rest on.</summary>
    public int KnownItems { get; }

    /// <summary>Ratings of items that the model has never seen and that were left out.</summary>
    public int UnknownItems { get; }

    /// <summary>How the customer would rate the item, in the units of the ratings, on the scale of the training data.</summary>
    /// <param name="item">The item; for one that the model does not know, what is known of the customer decides, or the mean.</param>
    public double Predict(ItemId item)
    {
        double prediction = Model.Scale.Keep(_estimate(Model.ItemRow(item)));
        GC.KeepAlive(this);
        return prediction;
    }
}
