using PromoRec.Models.Ratings;

namespace PromoRec.Evaluation;

/// <summary>Measures how far the ratings that a model predicts are from those that customers gave.</summary>
public static class RatingEvaluator
{
    private const int RatingsBetweenLooks = 1024;

    /// <summary>Predicts every rating of a test.</summary>
    /// <remarks>Customers and items that the model does not know are predicted too, from whatever it knows, and counted.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="test">The ratings, at least one.</param>
    /// <param name="cancellationToken">Ends the work between predictions.</param>
    /// <exception cref="ArgumentException">There is no rating, or one is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RatingErrors Evaluate(RatingModel model, IReadOnlyList<UserRating> test, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(test);
        if (test.Count == 0 || test.Any(rating => !double.IsFinite(rating.Rating)))
        {
            throw new ArgumentException($"There are {test.Count} ratings to predict, but there must be at least one, and all must be finite.", nameof(test));
        }

        var predicted = new double[test.Count];
        for (int i = 0; i < predicted.Length; i++)
        {
            if (i % RatingsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            predicted[i] = model.Predict(test[i].User, test[i].Item);
        }

        double[] actual = [.. test.Select(rating => rating.Rating)];
        return new RatingErrors(
            test.Count,
            PredictionMetrics.RootMeanSquaredError(predicted, actual),
            PredictionMetrics.MeanAbsoluteError(predicted, actual),
            test.Select(rating => rating.User).Distinct().Count(user => !model.ContainsUser(user)),
            test.Count(rating => !model.ContainsItem(rating.Item)));
    }
}
