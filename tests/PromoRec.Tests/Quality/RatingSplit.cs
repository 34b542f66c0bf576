using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Tests.Quality;

/// <summary>Ratings to train on, and others to predict.</summary>
internal sealed record RatingSplit(InteractionDataset Train, IReadOnlyList<(UserId User, ItemId Item, double Rating)> Test)
{
    /// <summary>The first of the five published folds of MovieLens-100K.</summary>
    public static RatingSplit U1() => new(Dataset(Rows("u1.base")), [.. Rows("u1.test")]);

    /// <summary>Random folds of MovieLens-100K: every rating is in the test part of one.</summary>
    public static IEnumerable<RatingSplit> Folds(int folds, ulong seed)
    {
        (UserId User, ItemId Item, double Rating)[] all = [.. Rows("ratings")];
        var random = new SeededRandom(seed);
        for (int i = all.Length - 1; i > 0; i--)
        {
            int other = random.NextInt32(i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }

        for (int fold = 0; fold < folds; fold++)
        {
            yield return new RatingSplit(Dataset(all.Where((_, i) => i % folds != fold)), [.. all.Where((_, i) => i % folds == fold)]);
        }
    }

    public (double Rmse, double Mae) Errors(RatingModel model)
    {
        RatingErrors errors = RatingEvaluator.Evaluate(model, [.. Test.Select(each => new UserRating(each.User, each.Item, each.Rating))]);
        return (errors.RootMeanSquaredError, errors.MeanAbsoluteError);
    }

    public static IEnumerable<(UserId User, ItemId Item, double Rating)> Rows(string name) =>
        DataTable.Rows($"research-only/ml-100k/{name}.tsv.gz").Select(row => ((UserId)row[0], (ItemId)row[1], double.Parse(row[2], CultureInfo.InvariantCulture)));

    public static InteractionDataset Dataset(IEnumerable<(UserId User, ItemId Item, double Rating)> ratings)
    {
        var builder = new DatasetBuilder(new DatasetOptions { Aggregation = ValueAggregation.Latest });
        foreach ((UserId user, ItemId item, double rating) in ratings)
        {
            builder.Add(new Interaction(user, item, InteractionKind.Rating, default) { Value = rating });
        }

        return builder.Build();
    }
}
