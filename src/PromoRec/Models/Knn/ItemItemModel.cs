using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Scores an item by the items that a customer has: each adds its value times its weight towards that item. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// score(u, i) = Σⱼ vᵤⱼ Wⱼᵢ over the items j that customer u has. The weights are similarities of neighbours, as in Deshpande and Karypis, ACM TOIS 22(1), 2004, or learnt, as in SLIM and EASE.
/// </remarks>
public sealed class ItemItemModel : RecommendationModel
{
    private readonly CsrMatrix _profile;
    private readonly CsrMatrix _byTarget;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="weights">Items × items: in row j, what having j adds to each item.</param>
    /// <param name="hasBinaryProfile">Whether all that a customer has above zero counts as one, and the rest not at all.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    /// <param name="listsWhatFollows">Whether the items most like an item are those that it speaks for, as of rules, rather than those that speak for it, as of neighbours.</param>
    internal ItemItemModel(IdIndex users, IdIndex items, CsrMatrix weights, bool hasBinaryProfile, InteractionHistory history, ModelManifest manifest, bool listsWhatFollows = false)
        : base(users, items, history, manifest)
    {
        Weights = weights;
        _byTarget = weights.Transpose();
        HasBinaryProfile = hasBinaryProfile;
        ListsWhatFollows = listsWhatFollows;
        _profile = KnnProfile.Of(history.ByUser, hasBinaryProfile);
    }

    /// <summary>Number of weights that are not zero.</summary>
    public int WeightCount => Weights.Count;

    internal CsrMatrix Weights { get; }

    internal bool HasBinaryProfile { get; }

    internal bool ListsWhatFollows { get; }

    internal override RankTier Tier => RankTier.Neighbours;

    internal override double LargestScore => Magnitude.LargestRowSum(_profile) * Magnitude.Largest(Weights.AllValues);

    /// <inheritdoc/>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        List<(int ItemRow, double Contribution)> contributions = [];
        ReadOnlySpan<int> have = _profile.ColumnsOf(userRow);
        for (int i = 0; i < have.Length; i++)
        {
            int at = _byTarget.ColumnsOf(itemRow).BinarySearch(have[i]);
            if (at >= 0)
            {
                contributions.Add((have[i], (double)_profile.ValuesOf(userRow)[i] * _byTarget.ValuesOf(itemRow)[at]));
            }
        }

        ScoreExplanation explanation = ExplanationOf(contributions);
        GC.KeepAlive(this);
        return explanation;
    }

    internal override float ScoreOf(int userRow, int itemRow) =>
        CommonTerms.Sum(_profile.ColumnsOf(userRow), _profile.ValuesOf(userRow), _byTarget.ColumnsOf(itemRow), _byTarget.ValuesOf(itemRow));

    internal override void ScoreAll(int userRow, Span<float> scores) => AddAll(_profile.ColumnsOf(userRow), _profile.ValuesOf(userRow), scores);

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        AddAll(itemRows, values, scores);
        return TensorPrimitives.IsFiniteAll<float>(scores);
    }

    private void AddAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        scores.Clear();
        for (int i = 0; i < itemRows.Length; i++)
        {
            float value = KnnProfile.ValueOf(values[i], HasBinaryProfile);
            if (value != 0)
            {
                CommonTerms.AddScaled(value, Weights.ColumnsOf(itemRows[i]), Weights.ValuesOf(itemRows[i]), scores);
            }
        }
    }

    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        similarities.Fill(float.NaN);
        CsrMatrix lists = ListsWhatFollows ? Weights : _byTarget;
        ReadOnlySpan<int> others = lists.ColumnsOf(itemRow);
        for (int i = 0; i < others.Length; i++)
        {
            similarities[others[i]] = lists.ValuesOf(itemRow)[i];
        }
    }
}
