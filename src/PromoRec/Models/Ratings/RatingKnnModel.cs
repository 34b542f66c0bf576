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
/// <para>A customer is folded in by the same formula: with the bias or the mean that their ratings give them, and compared with all customers where customers are compared, which costs what comparing
/// one of them in training does.</para>
/// <para>Sources: Herlocker, Konstan, Borchers and Riedl, SIGIR 1999; Koren, ACM TKDD 4(1), 2010, section 2.2.</para>
/// </remarks>
public sealed class RatingKnnModel : RatingModel
{
    private readonly RatingBiases _centres;
    private readonly CsrMatrix _ratings;
    private readonly Lazy<CsrMatrix> _compared;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="rules">How neighbours make a prediction.</param>
    /// <param name="baselines">The baseline estimates, where the rules use them.</param>
    /// <param name="similarities">Compared rows × compared rows: similarities above 0.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal RatingKnnModel(
        IdIndex users, IdIndex items, RatingScale scale, RatingKnnRules rules, RatingBiases? baselines, CsrMatrix similarities, InteractionHistory history, ModelManifest manifest)
        : base(users, items, scale, history, manifest)
    {
        Rules = rules;
        Baselines = baselines ?? RatingBiases.None(users.Count, items.Count);
        Similarities = similarities;
        _ratings = rules.ItemBased ? history.ByUser : history.ByUser.Transpose();
        _centres = rules.Centering switch
        {
            RatingCentering.None => RatingBiases.None(users.Count, items.Count),
            RatingCentering.Mean when rules.ItemBased => new RatingBiases(0, new double[users.Count], scale.MeansOfColumns(_ratings)),
            RatingCentering.Mean => new RatingBiases(0, scale.MeansOfColumns(_ratings), new double[items.Count]),
            _ => Baselines,
        };
        _compared = new Lazy<CsrMatrix>(() => rules.ComparesResiduals ? RatingResiduals.Of(history.ByUser, Baselines).Transpose() : _ratings);
    }

    /// <summary>What is taken from ratings before they are averaged.</summary>
    public RatingCentering Centering => Rules.Centering;

    /// <summary>Whether items are compared, and not customers.</summary>
    public bool ItemBased => Rules.ItemBased;

    /// <summary>Number of similarities that it holds.</summary>
    public int SimilarityCount => Similarities.Count;

    internal RatingKnnRules Rules { get; }

    internal RatingBiases Baselines { get; }

    internal CsrMatrix Similarities { get; }

    internal override RankTier Tier => RankTier.Neighbours;

    internal override double Estimate(int userRow, int itemRow)
    {
        if (userRow < 0 || itemRow < 0)
        {
            return Unknown(_centres.Of(userRow, itemRow));
        }

        return ItemBased
            ? Estimate(Row.Of(Similarities, itemRow), Row.Of(_ratings, userRow), _centres.OfUser(userRow), itemRow)
            : Estimate(Row.Of(Similarities, userRow), Row.Of(_ratings, itemRow), _centres.OfUser(userRow), itemRow);
    }

    /// <remarks>None where customers are compared: their ratings are not this customer's to see.</remarks>
    private protected override IEnumerable<(int ItemRow, double Contribution)> Contributions(int userRow, int itemRow)
    {
        if (!ItemBased)
        {
            return [];
        }

        var rated = Row.Of(_ratings, userRow);
        double centre = _centres.OfUser(userRow);
        List<(int ItemRow, double Contribution)> contributions = [];
        ReadOnlySpan<ScoredRow> neighbours = Nearest(Row.Of(Similarities, itemRow), rated, new ScoredRow[MostNeighbours(rated)]);
        double weight = WeightOf(neighbours);
        foreach (ScoredRow neighbour in neighbours)
        {
            contributions.Add((rated.Columns[neighbour.Row], Centred(neighbour, rated, centre, itemRow) / weight));
        }

        return contributions;
    }

    private protected override Func<int, double> Learn(int[] itemRows, float[] ratings)
    {
        double centre = Centering switch
        {
            RatingCentering.Mean when !ItemBased => Scale.MeanOf(ratings),
            RatingCentering.Baseline => BiasOf(itemRows, ratings),
            _ => 0,
        };
        if (ItemBased)
        {
            return itemRow => itemRow < 0 ? Unknown(_centres.Of(centre, itemRow)) : Estimate(Row.Of(Similarities, itemRow), new Row(itemRows, ratings), centre, itemRow);
        }

        float[] compared = Rules.ComparesResiduals ? RatingResiduals.Of(itemRows, ratings, Baselines, BiasOf(itemRows, ratings)) : ratings;
        ScoredRow[] alike = new SimilarityLists(_compared.Value, Rules).Of(itemRows, compared, self: -1);
        int[] rows = Array.ConvertAll(alike, each => each.Row);
        float[] similarities = Array.ConvertAll(alike, each => each.Score);
        return itemRow => itemRow < 0 ? Unknown(_centres.Of(centre, itemRow)) : Estimate(new Row(rows, similarities), Row.Of(_ratings, itemRow), centre, itemRow);
    }

    /// <summary>Items are as alike as the model found them; where customers are compared, no item is like another.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        base.FillSimilarities(itemRow, similarities);
        if (ItemBased)
        {
            var alike = Row.Of(Similarities, itemRow);
            for (int i = 0; i < alike.Columns.Length; i++)
            {
                similarities[alike.Columns[i]] = alike.Values[i];
            }
        }
    }

    private double BiasOf(int[] itemRows, float[] ratings) => Baselines.SolveUser(itemRows, ratings, Rules.UserRegularization);

    /// <summary>The estimate where one of the two is unknown.</summary>
    private double Unknown(double centre) => Centering == RatingCentering.Baseline ? centre : MeanRating;

    /// <param name="alike">The rows that are like the compared one, with how alike they are.</param>
    /// <param name="rated">Of these and others, those that have a rating, with the ratings.</param>
    /// <param name="userCentre">What the customer adds to the centre.</param>
    /// <param name="itemRow">The item.</param>
    private double Estimate(Row alike, Row rated, double userCentre, int itemRow)
    {
        int most = MostNeighbours(rated);
        ScoredRow[] rented = ArrayPool<ScoredRow>.Shared.Rent(most);
        ReadOnlySpan<ScoredRow> neighbours = Nearest(alike, rated, rented.AsSpan(0, most));
        double sum = 0;
        foreach (ScoredRow neighbour in neighbours)
        {
            sum += Centred(neighbour, rated, userCentre, itemRow);
        }

        double centre = _centres.Of(userCentre, itemRow);
        double estimate = neighbours.Length > 0 ? centre + (sum / WeightOf(neighbours))
            : Centering == RatingCentering.None ? MeanRating
            : centre;
        ArrayPool<ScoredRow>.Shared.Return(rented);
        return estimate;
    }

    private int MostNeighbours(Row rated) => Math.Min(Rules.Neighbours, rated.Columns.Length);

    /// <summary>The nearest of those who have a rating, by their places among the ratings, nearest first; none where they are too few.</summary>
    private ReadOnlySpan<ScoredRow> Nearest(Row alike, Row rated, Span<ScoredRow> buffer)
    {
        var top = new TopK(buffer);
        var common = new CommonColumns(alike.Columns, rated.Columns);
        while (common.MoveNext())
        {
            top.Add(common.Right, alike.Values[common.Left]);
        }

        int count = top.Finish();
        return count >= Rules.MinNeighbours ? buffer[..count] : [];
    }

    /// <summary>s · (r − c) of a neighbour.</summary>
    private double Centred(ScoredRow neighbour, Row rated, double userCentre, int itemRow)
    {
        int row = rated.Columns[neighbour.Row];
        double centre = ItemBased ? _centres.Of(userCentre, row) : _centres.Of(row, itemRow);
        return neighbour.Score * (rated.Values[neighbour.Row] - centre);
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

    /// <summary>A row of a sparse matrix, or what would be one.</summary>
    private readonly ref struct Row(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        public ReadOnlySpan<int> Columns { get; } = columns;

        public ReadOnlySpan<float> Values { get; } = values;

        public static Row Of(CsrMatrix matrix, int row) => new(matrix.ColumnsOf(row), matrix.ValuesOf(row));
    }
}
