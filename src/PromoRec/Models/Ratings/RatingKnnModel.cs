using System.Buffers;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from those that the nearest customers gave the item, or that the customer gave the nearest items. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>r̂(u, i) = c(u, i) + Σ over v of s(u, v) (r(v, i) − c(v, i)) / Σ over v of s(u, v), over the k customers v most like u of those who rated i, with s above 0; for items the
/// other way round. The centre c is 0, a mean, or a baseline.</para>
/// <para>With too few neighbours the prediction is the centre, or the mean of all ratings where the centre is 0. Where the model does not know one of the two ids it is the mean of all
/// ratings, or what the baseline says of the other. This is what Surprise does. No row is its own neighbour.</para>
/// <para>Sources: Herlocker, Konstan, Borchers and Riedl, SIGIR 1999; Koren, ACM TKDD 4(1), 2010, section 2.2.</para>
/// </remarks>
public sealed class RatingKnnModel : RatingModel
{
    private readonly RatingKnnRules _rules;
    private readonly RatingBiases _centres;
    private readonly CsrMatrix _similarities;
    private readonly CsrMatrix _ratings;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="rules">How neighbours make a prediction.</param>
    /// <param name="centres">What is taken from every rating.</param>
    /// <param name="similarities">Compared rows × compared rows: similarities above 0.</param>
    /// <param name="ratings">The other side × compared rows: the ratings.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal RatingKnnModel(
        IdIndex users, IdIndex items, RatingScale scale, RatingKnnRules rules, RatingBiases centres, CsrMatrix similarities, CsrMatrix ratings, ModelManifest manifest)
        : base(users, items, scale, manifest)
    {
        _rules = rules;
        _centres = centres;
        _similarities = similarities;
        _ratings = ratings;
    }

    /// <summary>What is taken from ratings before they are averaged.</summary>
    public RatingCentering Centering => _rules.Centering;

    /// <summary>Whether items are compared, and not customers.</summary>
    public bool ItemBased => _rules.ItemBased;

    /// <summary>Number of similarities that it holds.</summary>
    public int SimilarityCount => _similarities.Count;

    /// <summary>Says which ratings of a customer carry the prediction for an item.</summary>
    /// <returns>Null where the model does not know one of the two, and where it compares customers: their ratings are not this customer's to see.</returns>
    public RatingExplanation? Explain(UserId user, ItemId item)
    {
        int userRow = UserRow(user), itemRow = ItemRow(item);
        if (!ItemBased || userRow < 0 || itemRow < 0)
        {
            return null;
        }

        ReadOnlySpan<ScoredRow> neighbours = Neighbours(userRow, itemRow, new ScoredRow[MostNeighbours(userRow)]);
        List<ScoreContribution> contributions = [];
        double weight = WeightOf(neighbours);
        foreach (ScoredRow neighbour in neighbours)
        {
            contributions.Add(new ScoreContribution(ItemAt(_ratings.ColumnsOf(userRow)[neighbour.Row]), Centred(userRow, userRow, itemRow, neighbour) / weight));
        }

        return Explanation(Estimate(userRow, itemRow), neighbours.Length > 0 ? _centres.Of(userRow, itemRow) : WithoutNeighbours(userRow, itemRow), contributions);
    }

    internal override double Estimate(int userRow, int itemRow)
    {
        if (userRow < 0 || itemRow < 0)
        {
            return Centering == RatingCentering.Baseline ? _centres.Of(userRow, itemRow) : MeanRating;
        }

        int column = ItemBased ? userRow : itemRow;
        int most = MostNeighbours(column);
        ScoredRow[] rented = ArrayPool<ScoredRow>.Shared.Rent(most);
        ReadOnlySpan<ScoredRow> neighbours = Neighbours(userRow, itemRow, rented.AsSpan(0, most));
        double sum = 0;
        foreach (ScoredRow neighbour in neighbours)
        {
            sum += Centred(column, userRow, itemRow, neighbour);
        }

        double estimate = neighbours.Length > 0 ? _centres.Of(userRow, itemRow) + (sum / WeightOf(neighbours)) : WithoutNeighbours(userRow, itemRow);
        ArrayPool<ScoredRow>.Shared.Return(rented);
        return estimate;
    }

    private double WithoutNeighbours(int userRow, int itemRow) => Centering == RatingCentering.None ? MeanRating : _centres.Of(userRow, itemRow);

    private int MostNeighbours(int column) => Math.Min(_rules.Neighbours, _ratings.RowLength(column));

    /// <summary>The nearest of those who rated, by their places among the ratings, nearest first; none where they are too few.</summary>
    private ReadOnlySpan<ScoredRow> Neighbours(int userRow, int itemRow, Span<ScoredRow> buffer)
    {
        (int row, int column) = ItemBased ? (itemRow, userRow) : (userRow, itemRow);
        var top = new TopK(buffer);
        var common = new CommonColumns(_similarities.ColumnsOf(row), _ratings.ColumnsOf(column));
        ReadOnlySpan<float> similarities = _similarities.ValuesOf(row);
        while (common.MoveNext())
        {
            top.Add(common.Right, similarities[common.Left]);
        }

        int count = top.Finish();
        return count >= _rules.MinNeighbours ? buffer[..count] : [];
    }

    /// <summary>s · (r − c) of a neighbour.</summary>
    private double Centred(int column, int userRow, int itemRow, ScoredRow neighbour)
    {
        int row = _ratings.ColumnsOf(column)[neighbour.Row];
        double centre = ItemBased ? _centres.Of(userRow, row) : _centres.Of(row, itemRow);
        return neighbour.Score * (_ratings.ValuesOf(column)[neighbour.Row] - centre);
    }

    private static double WeightOf(ReadOnlySpan<ScoredRow> neighbours)
    {
        double weight = 0;
        foreach (ScoredRow neighbour in neighbours)
        {
            weight += neighbour.Score;
        }

        return weight;
    }
}
