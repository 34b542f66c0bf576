using System.Numerics.Tensors;
using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Interest;

/// <summary>Scores an item by the customer's interest in the categories and brands it belongs to, shared out by how much each item is taken there. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>
/// score(u, i) = Σ over groups g that hold i of x_g(u) · share(i | g), where x_g(u) = Σⱼ vᵤⱼ over the customer's items j in g, and share(i | g) is item i's part of
/// all values in g. It is what the customer is expected to take of i when they go on as before in each group and choose inside it as everybody does.
/// </para>
/// <para>The form is that of shrinking a customer's own rate to the rate of a group, as empirical Bayes does; the weights between levels are left to the hybrid.</para>
/// </remarks>
public sealed class InterestModel : RecommendationModel
{
    private readonly string[] _names;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="groups">Names of the groups.</param>
    /// <param name="groupsOfItem">Items × groups: 1 where an item belongs to a group.</param>
    /// <param name="shares">Groups × items: each item's share of its group.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal InterestModel(IdIndex users, IdIndex items, IdIndex groups, CsrMatrix groupsOfItem, CsrMatrix shares, InteractionHistory history, ModelManifest manifest)
        : base(users, items, history, manifest)
    {
        Groups = groups;
        GroupsOfItem = groupsOfItem;
        Shares = shares;
        _names = [.. Enumerable.Range(0, groups.Count).Select(group => groups.IdAt(group).ToString())];
    }

    /// <summary>Number of categories, brands, or pairs of them.</summary>
    public int GroupCount => Groups.Count;

    internal IdIndex Groups { get; }

    internal CsrMatrix GroupsOfItem { get; }

    internal CsrMatrix Shares { get; }

    internal override RankTier Tier => RankTier.Content;

    /// <remarks>No interest in a group exceeds what the customer has altogether, and an item has so much of it from each of its groups at most.</remarks>
    internal override double LargestScore => Magnitude.LargestRowSum(History.ByUser) * Magnitude.LargestRowSum(GroupsOfItem);

    /// <inheritdoc/>
    public override ScoreExplanation? Explain(UserId user, ItemId item)
    {
        if (!Users.TryGetRow(user.Value, out int userRow) || !Items.TryGetRow(item.Value, out int itemRow))
        {
            return null;
        }

        List<(int ItemRow, double Contribution)> contributions = [];
        ReadOnlySpan<int> have = History.ByUser.ColumnsOf(userRow);
        for (int i = 0; i < have.Length; i++)
        {
            double weight = 0;
            foreach (int group in GroupsOfItem.ColumnsOf(have[i]))
            {
                int at = Shares.ColumnsOf(group).BinarySearch(itemRow);
                weight += at >= 0 ? Shares.ValuesOf(group)[at] : 0;
            }

            if (weight != 0)
            {
                contributions.Add((have[i], weight * History.ByUser.ValuesOf(userRow)[i]));
            }
        }

        ScoreExplanation explanation = ExplanationOf(contributions);
        GC.KeepAlive(this);
        return explanation;
    }

    internal override float ScoreOf(int userRow, int itemRow)
    {
        var scores = new float[ItemCount];
        ScoreAll(userRow, scores);
        return scores[itemRow];
    }

    internal override void ScoreAll(int userRow, Span<float> scores) => AddAll(History.ByUser.ColumnsOf(userRow), History.ByUser.ValuesOf(userRow), scores);

    internal override bool TryScoreAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        AddAll(itemRows, values, scores);
        return TensorPrimitives.IsFiniteAll<float>(scores);
    }

    /// <summary>Items are as similar as the part of an item's groups that they make up.</summary>
    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        similarities.Fill(float.NaN);
        foreach (int group in GroupsOfItem.ColumnsOf(itemRow))
        {
            ReadOnlySpan<int> items = Shares.ColumnsOf(group);
            for (int i = 0; i < items.Length; i++)
            {
                ref float similarity = ref similarities[items[i]];
                similarity = (float.IsNaN(similarity) ? 0 : similarity) + Shares.ValuesOf(group)[i];
            }
        }
    }

    /// <summary>The name of a group, made once: ranking gives it as a reason and allocates nothing.</summary>
    internal string NameOf(int group) => _names[group];

    /// <summary>Adds up a customer's interest in each group.</summary>
    internal void AddInterests(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, SparseAccumulator interests)
    {
        for (int i = 0; i < itemRows.Length; i++)
        {
            interests.AddScaled(values[i], GroupsOfItem.ColumnsOf(itemRows[i]), GroupsOfItem.ValuesOf(itemRows[i]));
        }
    }

    private void AddAll(ReadOnlySpan<int> itemRows, ReadOnlySpan<float> values, Span<float> scores)
    {
        var interests = new SparseAccumulator();
        interests.Clear(GroupCount);
        AddInterests(itemRows, values, interests);
        scores.Clear();
        foreach (int group in interests.Touched)
        {
            CommonTerms.AddScaled(interests.SumOf(group), Shares.ColumnsOf(group), Shares.ValuesOf(group), scores);
        }
    }
}
