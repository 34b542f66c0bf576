using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Tests.Training.Ratings;

/// <summary>Small tables of ratings, in which 0 is no rating.</summary>
internal static class RatingTables
{
    /// <summary>About a third of the pairs rated from 1 to 5, every row and column at least once; whole stars, or any fraction so that no two similarities are equal.</summary>
    public static double[,] Random(int users, int items, ulong seed, bool stars = false)
    {
        var random = new SeededRandom(seed);
        var ratings = new double[users, items];
        for (int user = 0; user < users; user++)
        {
            for (int item = 0; item < items; item++)
            {
                double rating = stars ? 1 + random.NextInt32(5) : (float)(1 + (4 * random.NextDouble()));
                ratings[user, item] = random.NextDouble() < 0.33 || user % items == item || item % users == user ? rating : 0;
            }
        }

        return ratings;
    }

    public static InteractionDataset Dataset(double[,] ratings) => AlsData.Dataset(ratings);

    public static UserId UserAt(RatingModel model, int row) => new(model.Users.IdAt(row));

    public static ItemId ItemAt(RatingModel model, int row) => new(model.Items.IdAt(row));

    /// <summary>Predictions of all pairs, customer after customer.</summary>
    public static double[] Predictions(RatingModel model) =>
        [.. from user in Enumerable.Range(0, model.UserCount) from item in Enumerable.Range(0, model.ItemCount) select model.Predict(UserAt(model, user), ItemAt(model, item))];
}
