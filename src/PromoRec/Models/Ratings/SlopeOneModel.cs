using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from how much higher an item is rated than the items that the customer rated, by those who rated both. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>r̂(u, i) = mean of u's ratings + mean over j of dev(i, j), where j are the other items that u rated and somebody rated together with i, and dev(i, j) is the mean of r(v, i) − r(v, j)
/// over those v. Without such items it is the mean of u's ratings; for an id that the model does not know, the mean of all ratings. A customer is folded in by the same formula.</para>
/// <para>Source: Lemire and Maclachlan, SIAM Data Mining 2005, in the form of Surprise.</para>
/// </remarks>
public sealed class SlopeOneModel : RatingModel
{
    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="deviations">Items × items: dev(i, j) in row i.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal SlopeOneModel(IdIndex users, IdIndex items, RatingScale scale, CsrMatrix deviations, InteractionHistory history, ModelManifest manifest)
        : base(users, items, scale, history, manifest) => Deviations = deviations;

    /// <summary>Number of deviations that it holds.</summary>
    public int DeviationCount => Deviations.Count;

    internal CsrMatrix Deviations { get; }

    internal override RankTier Tier => RankTier.Neighbours;

    internal override double Estimate(int userRow, int itemRow) =>
        userRow < 0 ? MeanRating : Estimate(History.ByUser.ColumnsOf(userRow), History.ByUser.ValuesOf(userRow), itemRow);

    private protected override IEnumerable<(int ItemRow, double Contribution)> Contributions(int userRow, int itemRow)
    {
        List<(int ItemRow, float Deviation)> found = [];
        ReadOnlySpan<int> rated = History.ByUser.ColumnsOf(userRow);
        CommonColumns common = new(rated, Deviations.ColumnsOf(itemRow));
        while (common.MoveNext())
        {
            found.Add((rated[common.Left], Deviations.ValuesOf(itemRow)[common.Right]));
        }

        return found.Select(each => (each.ItemRow, (double)each.Deviation / found.Count));
    }

    private protected override Func<int, double> Learn(int[] itemRows, float[] ratings) => itemRow => Estimate(itemRows, ratings, itemRow);

    private double Estimate(ReadOnlySpan<int> rated, ReadOnlySpan<float> ratings, int itemRow)
    {
        if (itemRow < 0)
        {
            return MeanRating;
        }

        ReadOnlySpan<float> deviations = Deviations.ValuesOf(itemRow);
        double sum = 0;
        int count = 0;
        CommonColumns common = new(rated, Deviations.ColumnsOf(itemRow));
        while (common.MoveNext())
        {
            sum += deviations[common.Right];
            count++;
        }

        return Scale.MeanOf(ratings) + (count > 0 ? sum / count : 0);
    }
}
