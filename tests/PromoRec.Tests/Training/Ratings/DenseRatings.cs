using PromoRec.Models.Ratings;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Training.Ratings;

/// <summary>Predictions of ratings as their formulas say, in double, over whole tables in which 0 is no rating.</summary>
internal sealed class DenseRatings
{
    private readonly double[,] _ratings;

    public DenseRatings(double[,] ratings)
    {
        _ratings = ratings;
        Mean = All().Average(each => ratings[each.User, each.Item]);
    }

    public double Mean { get; }

    private int Users => _ratings.GetLength(0);

    private int Items => _ratings.GetLength(1);

    /// <summary>Every rated pair, customer after customer.</summary>
    public IEnumerable<(int User, int Item)> All() =>
        from user in Enumerable.Range(0, Users) from item in Enumerable.Range(0, Items) where _ratings[user, item] != 0 select (user, item);

    public int[] ItemsOf(int user) => [.. Enumerable.Range(0, Items).Where(item => _ratings[user, item] != 0)];

    public int[] UsersOf(int item) => [.. Enumerable.Range(0, Users).Where(user => _ratings[user, item] != 0)];

    public double Clip(double estimate) => Math.Clamp(estimate, All().Min(each => _ratings[each.User, each.Item]), All().Max(each => _ratings[each.User, each.Item]));

    /// <summary>Biases by alternating least squares, items first.</summary>
    public (double[] Users, double[] Items) Biases(BaselineOptions options)
    {
        (double[] users, double[] items) = (new double[Users], new double[Items]);
        for (int sweep = 0; sweep < options.Sweeps; sweep++)
        {
            for (int item = 0; item < Items; item++)
            {
                items[item] = UsersOf(item).Sum(user => _ratings[user, item] - Mean - users[user]) / (options.ItemRegularization + UsersOf(item).Length);
            }

            for (int user = 0; user < Users; user++)
            {
                users[user] = ItemsOf(user).Sum(item => _ratings[user, item] - Mean - items[item]) / (options.UserRegularization + ItemsOf(user).Length);
            }
        }

        return (users, items);
    }

    /// <summary>How alike two customers are, or two items.</summary>
    public double Similarity(int row, int other, RatingKnnOptions options)
    {
        (double[] users, double[] items) = Biases(options.Baseline);
        int[] common = options.ItemBased ? [.. UsersOf(row).Intersect(UsersOf(other))] : [.. ItemsOf(row).Intersect(ItemsOf(other))];
        if (common.Length < options.MinSupport || common.Length == 0)
        {
            return 0;
        }

        double Rating(int which, int column) => options.ItemBased ? _ratings[column, which] : _ratings[which, column];
        double Baseline(int which, int column) => Mean + (options.ItemBased ? users[column] + items[which] : users[which] + items[column]);
        double n = common.Length;
        (double x, double y) = (common.Average(column => Rating(row, column)), common.Average(column => Rating(other, column)));
        return options.Similarity switch
        {
            RatingSimilarity.MeanSquaredDifference => 1 / (1 + common.Average(column => Math.Pow(Rating(row, column) - Rating(other, column), 2))),
            RatingSimilarity.Cosine => Cosine(common, column => Rating(row, column), column => Rating(other, column)),
            RatingSimilarity.Pearson => Cosine(common, column => Rating(row, column) - x, column => Rating(other, column) - y),
            _ => n == 1 ? 0
                : (n - 1) / (n - 1 + options.Shrinkage) * Cosine(common, column => Rating(row, column) - Baseline(row, column), column => Rating(other, column) - Baseline(other, column)),
        };
    }

    /// <summary>The similarities of all rows that are kept, above 0 and without the diagonal.</summary>
    public double[,] Similarities(RatingKnnOptions options)
    {
        int rows = options.ItemBased ? Items : Users;
        double[,] kept = new double[rows, rows];
        for (int row = 0; row < rows; row++)
        {
            var best = Enumerable.Range(0, rows)
                .Where(other => other != row)
                .Select(other => (Other: other, Similarity: Similarity(row, other, options)))
                .Where(each => each.Similarity > 1e-9)
                .OrderByDescending(each => (float)each.Similarity)
                .ThenBy(each => each.Other)
                .Take(options.SimilaritiesPerRow);
            foreach ((int other, double similarity) in best)
            {
                kept[row, other] = similarity;
            }
        }

        return kept;
    }

    /// <summary>A prediction of nearest neighbours, before it is clipped.</summary>
    public double Knn(int user, int item, RatingKnnOptions options, double[,] similarities, (double[] Users, double[] Items) biases)
    {
        int row = options.ItemBased ? item : user;
        var neighbours = (options.ItemBased ? ItemsOf(user) : UsersOf(item))
            .Where(other => similarities[row, other] > 0)
            .OrderByDescending(other => (float)similarities[row, other])
            .ThenBy(other => other)
            .Take(options.Neighbours)
            .ToArray();
        double Rating(int other) => options.ItemBased ? _ratings[user, other] : _ratings[other, item];
        double MeanOf(int other) => options.ItemBased ? UsersOf(other).Average(each => _ratings[each, other]) : ItemsOf(other).Average(each => _ratings[other, each]);
        double Centre(int other) => options.Centering switch
        {
            RatingCentering.None => 0,
            RatingCentering.Mean => MeanOf(other),
            _ => Mean + (options.ItemBased ? biases.Users[user] + biases.Items[other] : biases.Users[other] + biases.Items[item]),
        };
        return neighbours.Length >= options.MinNeighbours
            ? Centre(row) + (neighbours.Sum(other => similarities[row, other] * (Rating(other) - Centre(other))) / neighbours.Sum(other => similarities[row, other]))
            : options.Centering == RatingCentering.None ? Mean : Centre(row);
    }

    /// <summary>A prediction of Slope One, before it is clipped.</summary>
    public double SlopeOne(int user, int item, SlopeOneOptions options)
    {
        int Support(int other) => UsersOf(item).Intersect(UsersOf(other)).Count();
        HashSet<int> compared = [.. Enumerable.Range(0, Items)
            .Where(other => other != item && Support(other) >= options.MinSupport)
            .OrderByDescending(Support)
            .ThenBy(other => other)
            .Take(options.DeviationsPerItem)];
        int[] used = [.. ItemsOf(user).Where(compared.Contains)];
        double Deviation(int other) => UsersOf(item).Intersect(UsersOf(other)).Average(each => _ratings[each, item] - _ratings[each, other]);
        return ItemsOf(user).Average(other => _ratings[user, other]) + (used.Length > 0 ? used.Average(Deviation) : 0);
    }

    private static double Cosine(int[] columns, Func<int, double> x, Func<int, double> y)
    {
        double norms = Math.Sqrt(columns.Sum(column => x(column) * x(column)) * columns.Sum(column => y(column) * y(column)));
        return norms > 1e-9 ? columns.Sum(column => x(column) * y(column)) / norms : 0;
    }
}
