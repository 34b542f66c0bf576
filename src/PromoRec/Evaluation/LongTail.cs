using PromoRec.Models;

namespace PromoRec.Evaluation;

/// <summary>How recommendations are spread over a catalog: whether they are only what everybody has, or reach what few know.</summary>
/// <remarks>
/// The items are put in the order of how many customers have them in the training data, ties by id, and divided into ten parts of equal size: the first tenth is what most customers have. Where the number of
/// items is no multiple of ten, parts differ by one item. Source of the question: Brynjolfsson, Hu and Simester, "Goodbye Pareto principle, hello long tail", Management Science 57(8), 2011.
/// </remarks>
/// <param name="Recommended">The share of all recommendations that falls on each tenth; they add up to 1, unless nothing was recommended.</param>
/// <param name="Owned">The share of what customers have in the training data that falls on each tenth.</param>
/// <param name="MostRecommended">The items that were recommended to most customers, at most ten, with the number of those customers.</param>
public sealed record LongTail(IReadOnlyList<double> Recommended, IReadOnlyList<double> Owned, IReadOnlyList<KeyValuePair<ItemId, int>> MostRecommended)
{
    private const int Parts = 10;

    /// <summary>Recommends items to customers, and counts.</summary>
    /// <param name="model">What recommends.</param>
    /// <param name="users">To whom; one who is there twice counts once.</param>
    /// <param name="count">How many items each of them gets: 1 or more.</param>
    /// <param name="includeSeen">Whether they get what they have already.</param>
    /// <param name="cancellationToken">Ends the counting early.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LongTail Of(RecommendationModel model, IEnumerable<UserId> users, int count, bool includeSeen = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(users);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int[] times = new int[model.ItemCount];
        foreach (UserId user in users.Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ScoredItem item in model.Recommend(user, count, includeSeen))
            {
                times[RowOf(model, item.Item)]++;
            }
        }

        float[] popularity = new float[model.ItemCount];
        if (model.History.ItemPopularity.Length == popularity.Length)
        {
            model.History.ItemPopularity.Span.CopyTo(popularity);
        }

        // The popularity is a view of memory that the model may have mapped.
        GC.KeepAlive(model);

        // Rows are in the order of ids, and the sort is stable.
        int[] byPopularity = [.. Enumerable.Range(0, model.ItemCount).OrderByDescending(row => popularity[row])];
        int[] byTimes = [.. Enumerable.Range(0, model.ItemCount).Where(row => times[row] > 0).OrderByDescending(row => times[row]).Take(10)];
        return new LongTail(
            Shares(byPopularity, row => times[row]),
            Shares(byPopularity, row => popularity[row]),
            [.. byTimes.Select(row => KeyValuePair.Create(new ItemId(model.Items.IdAt(row).ToString()), times[row]))]);
    }

    private static int RowOf(RecommendationModel model, ItemId item) => model.Items.TryGetRow(item.Value, out int row) ? row : throw new KeyNotFoundException("A model recommended an item that it does not have.");

    private static double[] Shares(int[] order, Func<int, double> weight)
    {
        double[] shares = new double[Parts];
        for (int place = 0; place < order.Length; place++)
        {
            shares[(int)((long)place * Parts / order.Length)] += weight(order[place]);
        }

        double sum = shares.Sum();
        return sum > 0 ? Array.ConvertAll(shares, share => share / sum) : shares;
    }
}
