using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Scores an item by the customers most like a customer: each adds what they have of the item times how alike they are. Immutable; any number of threads may use it.</summary>
/// <remarks>score(u, i) = Σ over v in N(u) of s(u, v) · vᵥᵢ. Source: Herlocker, Konstan, Borchers and Riedl, SIGIR 1999.</remarks>
public sealed class UserKnnModel : RecommendationModel
{
    private readonly bool _includesSelf;
    private readonly CsrMatrix _byItem;
    private readonly Lazy<NeighbourSearch> _search;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="neighbours">Customers × customers: how like a customer their neighbours are.</param>
    /// <param name="hasBinaryProfile">Whether all that a customer has above zero counts as one, and the rest not at all.</param>
    /// <param name="rules">How customers are compared.</param>
    /// <param name="neighbourCount">Most neighbours of a customer.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal UserKnnModel(
        IdIndex users, IdIndex items, CsrMatrix neighbours, bool hasBinaryProfile, KnnRules rules, int neighbourCount, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest)
    {
        Neighbours = neighbours;
        _includesSelf = HasSelf(neighbours);
        HasBinaryProfile = hasBinaryProfile;
        Rules = rules;
        NeighbourCount = neighbourCount;
        Profile = KnnProfile.Of(history.ByUser, hasBinaryProfile);
        _byItem = Profile.Transpose();
        _search = new Lazy<NeighbourSearch>(() => new NeighbourSearch(history.ByUser, rules, neighbourCount));
    }

    internal CsrMatrix Neighbours { get; }

    internal bool HasBinaryProfile { get; }

    /// <summary>Customers × items: what they have, as it counts in a score.</summary>
    internal CsrMatrix Profile { get; }

    internal KnnRules Rules { get; }

    internal int NeighbourCount { get; }

    internal override RankTier Tier => RankTier.Neighbours;

    internal override double LargestScore => Magnitude.LargestRowSum(Neighbours) * Magnitude.Largest(Profile.AllValues);

    /// <inheritdoc/>
    /// <remarks>What a neighbour adds is shared out among the items that both customers have, in proportion to the product of their values.</remarks>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        SortedDictionary<int, double> contributions = [];
        ReadOnlySpan<int> neighbours = Neighbours.ColumnsOf(userRow);
        for (int i = 0; i < neighbours.Length; i++)
        {
            int at = _byItem.ColumnsOf(itemRow).BinarySearch(neighbours[i]);
            if (at >= 0)
            {
                ShareOut((double)Neighbours.ValuesOf(userRow)[i] * _byItem.ValuesOf(itemRow)[at], userRow, neighbours[i], contributions);
            }
        }

        ScoreExplanation explanation = ExplanationOf(contributions.Select(each => (each.Key, each.Value)));
        GC.KeepAlive(this);
        return explanation;
    }

    private void ShareOut(double term, int userRow, int neighbour, SortedDictionary<int, double> contributions)
    {
        List<(int ItemRow, double Weight)> common = [];
        ReadOnlySpan<int> have = History.ByUser.ColumnsOf(userRow);
        for (int i = 0; i < have.Length; i++)
        {
            int at = History.ByUser.ColumnsOf(neighbour).BinarySearch(have[i]);
            if (at >= 0)
            {
                common.Add((have[i], Math.Abs((double)History.ByUser.ValuesOf(userRow)[i] * History.ByUser.ValuesOf(neighbour)[at])));
            }
        }

        double sum = common.Sum(each => each.Weight);
        foreach ((int itemRow, double weight) in common)
        {
            contributions[itemRow] = contributions.GetValueOrDefault(itemRow) + (term * weight / sum);
        }
    }

    internal override float ScoreOf(int userRow, int itemRow) =>
        CommonTerms.Sum(Neighbours.ColumnsOf(userRow), Neighbours.ValuesOf(userRow), _byItem.ColumnsOf(itemRow), _byItem.ValuesOf(itemRow));

    internal override void ScoreAll(int userRow, Span<float> scores)
    {
        scores.Clear();
        ReadOnlySpan<int> neighbours = Neighbours.ColumnsOf(userRow);
        for (int i = 0; i < neighbours.Length; i++)
        {
            CommonTerms.AddScaled(Neighbours.ValuesOf(userRow)[i], Profile.ColumnsOf(neighbours[i]), Profile.ValuesOf(neighbours[i]), scores);
        }
    }

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        scores.Clear();
        if (_search.Value.FindNew(itemRows, values, _includesSelf) is not { } neighbours)
        {
            return false;
        }

        foreach (ScoredRow neighbour in neighbours)
        {
            if (neighbour.Row == NeighbourSearch.Self)
            {
                for (int i = 0; i < itemRows.Length; i++)
                {
                    scores[itemRows[i]] += neighbour.Score * KnnProfile.ValueOf(values[i], HasBinaryProfile);
                }

                continue;
            }

            CommonTerms.AddScaled(neighbour.Score, Profile.ColumnsOf(neighbour.Row), Profile.ValuesOf(neighbour.Row), scores);
        }

        return TensorPrimitives.IsFiniteAll<float>(scores);
    }

    /// <summary>Items are as similar as the cosine of what customers have of them.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        var products = new double[similarities.Length];
        similarities.Fill(float.NaN);
        ReadOnlySpan<int> customers = _byItem.ColumnsOf(itemRow);
        for (int i = 0; i < customers.Length; i++)
        {
            // In double, where the product of any two values of single precision is finite and not zero.
            double own = _byItem.ValuesOf(itemRow)[i];
            ReadOnlySpan<int> items = Profile.ColumnsOf(customers[i]);
            ReadOnlySpan<float> values = Profile.ValuesOf(customers[i]);
            for (int j = 0; j < items.Length; j++)
            {
                products[items[j]] += own * values[j];
                similarities[items[j]] = 0;
            }
        }

        double length = LengthOf(itemRow);
        for (int other = 0; other < similarities.Length; other++)
        {
            if (!float.IsNaN(similarities[other]))
            {
                similarities[other] = (float)Math.Clamp(products[other] / (length * LengthOf(other)), -1, 1);
            }
        }
    }

    /// <summary>Whether customers may be their own neighbours, which only training with that option makes them.</summary>
    private static bool HasSelf(CsrMatrix neighbours)
    {
        for (int row = 0; row < neighbours.Rows; row++)
        {
            if (neighbours.ColumnsOf(row).BinarySearch(row) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private double LengthOf(int itemRow) => Math.Sqrt(Magnitude.SquareOf(_byItem.ValuesOf(itemRow)));
}
