using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from how much higher an item is rated than the items that the customer rated, by those who rated both. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>r̂(u, i) = mean of u's ratings + mean over j of dev(i, j), where j are the other items that u rated and somebody rated together with i, and dev(i, j) is the mean of r(v, i) − r(v, j)
/// over those v. Without such items it is the mean of u's ratings; for an id that the model does not know, the mean of all ratings.</para>
/// <para>Source: Lemire and Maclachlan, SIAM Data Mining 2005, in the form of Surprise.</para>
/// </remarks>
public sealed class SlopeOneModel : RatingModel
{
    private readonly CsrMatrix _ratings;
    private readonly CsrMatrix _deviations;
    private readonly double[] _userMeans;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="ratings">Customers × items.</param>
    /// <param name="deviations">Items × items: dev(i, j) in row i.</param>
    /// <param name="userMeans">Mean of every customer's ratings.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal SlopeOneModel(IdIndex users, IdIndex items, RatingScale scale, CsrMatrix ratings, CsrMatrix deviations, double[] userMeans, ModelManifest manifest)
        : base(users, items, scale, manifest)
    {
        _ratings = ratings;
        _deviations = deviations;
        _userMeans = userMeans;
    }

    /// <summary>Number of deviations that it holds.</summary>
    public int DeviationCount => _deviations.Count;

    /// <summary>Says which ratings of a customer carry the prediction for an item; null where the model does not know one of the two.</summary>
    public RatingExplanation? Explain(UserId user, ItemId item)
    {
        int userRow = UserRow(user), itemRow = ItemRow(item);
        if (userRow < 0 || itemRow < 0)
        {
            return null;
        }

        List<ScoreContribution> contributions = [];
        (_, int count) = Deviations(userRow, itemRow);
        CommonColumns common = Common(userRow, itemRow);
        while (common.MoveNext())
        {
            contributions.Add(new ScoreContribution(ItemAt(_ratings.ColumnsOf(userRow)[common.Left]), (double)_deviations.ValuesOf(itemRow)[common.Right] / count));
        }

        return Explanation(Estimate(userRow, itemRow), _userMeans[userRow], contributions);
    }

    internal override double Estimate(int userRow, int itemRow)
    {
        if (userRow < 0 || itemRow < 0)
        {
            return MeanRating;
        }

        (double sum, int count) = Deviations(userRow, itemRow);
        return count > 0 ? _userMeans[userRow] + (sum / count) : _userMeans[userRow];
    }

    private (double Sum, int Count) Deviations(int userRow, int itemRow)
    {
        ReadOnlySpan<float> deviations = _deviations.ValuesOf(itemRow);
        double sum = 0;
        int count = 0;
        CommonColumns common = Common(userRow, itemRow);
        while (common.MoveNext())
        {
            sum += deviations[common.Right];
            count++;
        }

        return (sum, count);
    }

    private CommonColumns Common(int userRow, int itemRow) => new(_ratings.ColumnsOf(userRow), _deviations.ColumnsOf(itemRow));
}
